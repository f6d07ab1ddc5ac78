"""The way from a plan into the library."""

from urllib.parse import urlencode

from resources.addresses import library_url
from resources.models import Theme


def library_for(plan, version, today):
    """The library, narrowed to what whoever reads the plan knows already: the age, and the concern of the
    first strategy that is in it. What the case is about is the clinician's, and in no address.
    """
    pages = [step.strategy_id for step in version.steps.all() if step.library_page]
    theme = Theme.objects.filter(strategies=pages[0]).values_list("slug", flat=True).first() if pages else ""
    asked = {"theme": theme, "key_stage": plan.case.key_stage_on(today)}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{library_url()}?{query}" if query else library_url()
