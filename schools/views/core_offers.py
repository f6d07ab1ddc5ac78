import re
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import PolicyMixin, as_uuid
from accounts.services import use_form_key, used_form_key
from schools import policies, services
from schools.forms import CoreOffersForm
from schools.models import Agreement, Partnership
from schools.sentences import time_sentences
from web.errors import resend_fields
from web.words import counted

from .once import add_refusal

OF_THE_PAGE = ("confirm", "change", "seen", "form_key")


class CoreOffers(PolicyMixin, FormView):
    """Every school without a core offer in a year gets one, after a page that says what is going to be given.

    Given is what that page showed, or nothing: what is otherwise by then is shown first. Pressed twice it
    gives once.
    """

    policy = policies.can_keep_agreements
    template_name = "schools/core_offers.html"
    form_class = CoreOffersForm
    extra_context = {"page_title": "Give core offers"}

    def get_form_kwargs(self):
        offer = Agreement(kind=Agreement.Kind.CORE)
        return super().get_form_kwargs() | {"instance": offer, "today": self.today}

    def form_valid(self, form):
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "confirm" not in self.request.POST:
            return self.check(form)
        used = used_form_key(self.form_key)
        if used and used.person_id == self.request.user.pk:
            return HttpResponseRedirect(used.led_to)
        return self.give(form)

    @property
    def form_key(self):
        return as_uuid(self.request.POST.get("form_key")) or uuid4()

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
                checking=True,
                offer=offer,
                given=[(here, offer.in_words(minutes)) for here, minutes in given.items()],
                left_out=[here for here in schools if here not in given],
                is_other=before is not None,
                changed=self.changes(before, given, offer) if before is not None else [],
                rules=time_sentences(offer),
                seen=" ".join(f"{here.pk}:{minutes}" for here, minutes in given.items()),
                form_key=uuid4(),
                resend_fields=[pair for pair in resend_fields(self.request) if pair[0] not in OF_THE_PAGE],
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

    def give(self, form):
        minutes_of = form.minutes_of(self.without(form))
        if self.seen != {here.pk: minutes for here, minutes in minutes_of.items()}:
            return self.check(form, before=self.seen)
        try:
            url, said = self.record_all(form, minutes_of)
        except IntegrityError:
            used = used_form_key(self.form_key)
            if not used:
                raise
            return HttpResponseRedirect(used.led_to)
        except ValidationError as refusal:
            # Somebody else gave one of these schools its offer in the same moment.
            add_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return HttpResponseRedirect(url)

    @transaction.atomic
    def record_all(self, form, minutes_of):
        given = {"minutes_of": minutes_of, **form.days(), **form.rules()}
        by, url = self.request.user, f"{reverse('schools:agreements')}?kind=core"
        offers = services.record_core_offers(self.role.service, by=by, at=timezone.now(), **given)
        if len(offers) != len(minutes_of):
            raise ValidationError("A school got its core offer in this moment. Check the list again.")
        use_form_key(self.form_key, by=by, led_to=url)
        return url, f"{counted(len(offers), 'core offer')} recorded."
