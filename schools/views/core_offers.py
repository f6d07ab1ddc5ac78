from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import PolicyMixin
from schools import policies, services
from schools.forms import CoreOffersForm
from schools.models import Agreement
from schools.sentences import time_sentences
from web.errors import resend_fields
from web.words import counted

from .once import add_refusal


class CoreOffers(PolicyMixin, FormView):
    """Every school without a core offer in a year gets one, after a page that says what is going to be given.

    Pressed twice it gives once: the second time no school is without one.
    """

    policy = policies.can_keep_agreements
    template_name = "schools/core_offers.html"
    form_class = CoreOffersForm
    extra_context = {"page_title": "Give core offers"}

    def get_form_kwargs(self):
        offer = Agreement(kind=Agreement.Kind.CORE)
        return super().get_form_kwargs() | {"instance": offer, "today": self.today}

    def form_valid(self, form):
        if "confirm" in self.request.POST:
            return self.give(form)
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        return self.check(form)

    def without(self, form):
        days = form.days()
        return list(services.schools_without_offer(self.role.service, days["first_on"], days["last_on"]))

    def check(self, form):
        schools, offer = self.without(form), form.offer()
        given = form.minutes_of(schools)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                checking=True,
                offer=offer,
                given=[(here, offer.in_words(minutes)) for here, minutes in given.items()],
                left_out=[here for here in schools if here not in given],
                rules=time_sentences(offer),
                resend_fields=resend_fields(self.request),
            )
        )

    def give(self, form):
        given = {"minutes_of": form.minutes_of(self.without(form)), **form.days(), **form.rules()}
        try:
            offers = services.record_core_offers(
                self.role.service, by=self.request.user, at=timezone.now(), **given
            )
        except ValidationError as refusal:
            # Somebody else gave one of these schools its offer in the same moment.
            add_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, f"{counted(len(offers), 'core offer')} recorded.")
        return HttpResponseRedirect(f"{reverse('schools:agreements')}?kind=core")
