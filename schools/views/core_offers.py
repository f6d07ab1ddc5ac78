import re

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.access import PolicyMixin
from schools import policies, services
from schools.forms import CoreOffersForm
from schools.models import Agreement, Partnership
from schools.sentences import time_sentences
from web.words import counted

from .checked import CheckedForm


class CoreOffers(PolicyMixin, CheckedForm):
    """Every school without a core offer in a year gets one, after a page that says what is going to be given.

    Given is what that page showed, or nothing: what is otherwise by then is shown first.
    """

    policy = policies.can_keep_agreements
    template_name = "schools/core_offers.html"
    form_class = CoreOffersForm
    extra_context = {"page_title": "Give core offers"}

    def get_form_kwargs(self):
        offer = Agreement(kind=Agreement.Kind.CORE)
        return super().get_form_kwargs() | {"instance": offer, "today": self.today}

    @property
    def seen(self):
        """{key of a school: minutes} as the page showed them when it was confirmed."""
        typed = self.request.POST.get("seen", "")[:100_000]
        return {int(key): int(minutes) for key, minutes in re.findall(r"\b(\d{1,9}):(\d{1,6})\b", typed)}

    def without(self, form):
        days = form.days()
        return list(services.schools_without_offer(self.role.service, days["first_on"], days["last_on"]))

    def check(self, form, before=None):
        """What is going to be given. `before` is what was confirmed and is not that: nothing was recorded."""
        schools, offer = self.without(form), form.offer()
        given = form.minutes_of(schools)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                offer=offer,
                given=[(here, offer.in_words(minutes)) for here, minutes in given.items()],
                left_out=[here for here in schools if here not in given],
                is_other=before is not None,
                changed=self.changes(before, given, offer) if before is not None else [],
                rules=time_sentences(offer),
                seen=" ".join(f"{here.pk}:{minutes}" for here, minutes in given.items()),
                **self.checking(),
            )
        )

    def changes(self, before, given, offer):
        """(school, what the page said, what is so now), by name, of each of which that differs."""
        now = {here.pk: minutes for here, minutes in given.items()}
        schools = Partnership.objects.visible_to(self.role).select_related("school")

        def words(minutes):
            return offer.in_words(minutes) if minutes else "nothing"

        return [
            (here, words(before.get(here.pk)), words(now.get(here.pk)))
            for here in schools.order_by("school__name", "pk")
            if before.get(here.pk) != now.get(here.pk)
        ]

    def confirmed(self, form):
        self.minutes_of = form.minutes_of(self.without(form))
        if self.seen != {here.pk: minutes for here, minutes in self.minutes_of.items()}:
            return self.check(form, before=self.seen)
        return super().confirmed(form)

    def carry_out(self, form):
        given = {"minutes_of": self.minutes_of, **form.days(), **form.rules()}
        by, at = self.request.user, timezone.now()
        offers = services.record_core_offers(self.role.service, by=by, at=at, **given)
        if len(offers) != len(self.minutes_of):
            # Somebody else gave one of these schools its offer in the same moment.
            raise ValidationError("A school got its core offer in this moment. Check the list again.")
        return f"{reverse('schools:agreements')}?kind=core", f"{counted(len(offers), 'core offer')} recorded."
