"""Django's templates, which let go of what they were given as soon as a page is drawn.

A context refers to itself, so all that a page shows (a year of visits, say) waited for the garbage collector:
with several people at once a worker grew by what their pages had read.
"""

from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates, Template, reraise
from django.template.context import make_context


class LettingGo(Template):
    """As Django's own, but for the last line."""

    def render(self, context=None, request=None):
        context = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            return self.template.render(context)
        except TemplateDoesNotExist as missing:
            reraise(missing, self.backend)
        finally:
            context.dicts.clear()


class Templates(DjangoTemplates):
    def from_string(self, template_code):
        return LettingGo(self.engine.from_string(template_code), self)

    def get_template(self, template_name):
        try:
            return LettingGo(self.engine.get_template(template_name), self)
        except TemplateDoesNotExist as missing:
            reraise(missing, self)
