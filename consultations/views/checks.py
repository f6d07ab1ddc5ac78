"""What the lead of a service looks after: matters still open, and cases opened by name without consent."""

from datetime import datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from consultations import policies
from consultations.models import Consent, SafeguardingMatter
from web.keyset import keyset_page
from web.words import age_in_words

PAGE = 25
TOLD_LATELY = timedelta(weeks=4)


class Checks(PolicyMixin, TemplateView):
    """Of which matters nobody has been told yet, by school and oldest first; and who was told lately."""

    policy = policies.can_check_the_service
    template_name = "consultations/checks.html"

    def get_context_data(self, **kwargs):
        matters = SafeguardingMatter.objects.visible_to(self.role).for_list()
        since = timezone.make_aware(datetime.combine(self.today - TOLD_LATELY, time.min))
        told = matters.told().filter(told_at__gte=since)
        return super().get_context_data(
            tab="matters",
            schools=self.by_school(matters.open(), timezone.now()),
            page=keyset_page(told, self.request.GET, PAGE, by="told_at"),
            **kwargs,
        )

    def by_school(self, matters, now):
        """[(school, [(matter, age)])], the school with the oldest matter first."""
        schools = {}
        for matter in matters:
            school = matter.consultation.partnership.school
            schools.setdefault(school, []).append((matter, age_in_words(matter.opened_at, now)))
        return list(schools.items())


class NamedWithoutConsent(PolicyMixin, TemplateView):
    """What went on without asking because it could not wait. Why stands on the page of the consent, which is
    a reading of the case; a list is none."""

    policy = policies.can_check_the_service
    template_name = "consultations/named_without_consent.html"

    def get_context_data(self, **kwargs):
        consents = Consent.objects.visible_to(self.role).could_not_wait()
        page = keyset_page(consents, self.request.GET, PAGE)
        people = get_user_model().objects.in_bulk({consent.written_by for consent in page.rows})
        return super().get_context_data(
            tab="named",
            page=page,
            rows=[(consent, people.get(consent.written_by)) for consent in page.rows],
            **kwargs,
        )
