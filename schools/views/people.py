from uuid import uuid4

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.access import PolicyMixin, as_uuid
from accounts.invitation_views import Inviting
from accounts.models import Invitation, RoleRow, StaleVersion
from accounts.policies import can_invite_here, ends
from accounts.services import digest_of, use_form_key, used_form_key
from schools import policies, services
from schools.forms import PersonForm
from schools.models import SchoolPerson

from .school import OfSchool

PAGE = 25


class People(OfSchool, TemplateView):
    """S7: who is who at the school."""

    policy = policies.can_read_people
    template_name = "schools/people.html"
    tab = "people"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            people=self.people.select_related("account"),
            leads=self.people.safeguarding_leads(self.today),
            can_change=policies.can_change_people(self.role, self.record),
            can_invite=can_invite_here(self.role, self.record),
            accounts=self.accounts(),
            invitations=Invitation.objects.visible_to(self.role).unanswered().for_list()[:PAGE],
            now=timezone.now(),
            **kwargs,
        )

    def accounts(self):
        """For link staff: the colleagues and plan readers they may end a role of."""
        if not can_invite_here(self.role, self.record):
            return []
        rows = RoleRow.objects.visible_to(self.role).not_over(self.today).for_list()
        return [row for row in rows if ends(self.role, row)]


class InviteColleague(OfSchool, Inviting):
    """Link staff invite link staff of their own school."""

    policy = can_invite_here
    kind = RoleRow.Kind.LINK_STAFF
    page_title = "Invite a colleague"

    def offer(self, form):
        return self.kind, self.record

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_title=self.page_title, **kwargs)


class InvitePlanReader(InviteColleague):
    """Somebody who carries plans out, and sees those they are given."""

    kind = RoleRow.Kind.PLAN_READER
    page_title = "Invite a plan reader"


class PersonAdd(OfSchool, FormView):
    policy = policies.can_change_people
    template_name = "schools/person_form.html"
    form_class = PersonForm

    def form_valid(self, form):
        key, by = as_uuid(self.request.POST.get("form_key")) or uuid4(), self.request.user
        digest, used = digest_of(repr(sorted(form.cleaned_data.items()))), used_form_key(key)
        if used and used.fingerprint != digest:
            # Somebody went back to the page and typed another person on it.
            key = uuid4()
        try:
            with transaction.atomic():
                person = services.add_person(self.record, by=by, **form.cleaned_data)
                use_form_key(key, by=by, led_to=self.people_url(), fingerprint=digest)
        except IntegrityError:
            if not used_form_key(key):
                raise
            messages.warning(
                self.request, "That was saved already. Look at the list before you add it again."
            )
        else:
            messages.success(self.request, f"{person.name} added.")
        return HttpResponseRedirect(self.people_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Add a person",
            submit_label="Add person",
            back_url=self.people_url(),
            form_key=as_uuid(self.request.POST.get("form_key")) or uuid4(),
            **kwargs,
        )


class OnePerson(PolicyMixin):
    """A page about somebody who still works at the school."""

    policy = policies.can_change_people
    lookup = "pk"

    def get_visible(self):
        people = SchoolPerson.objects.visible_to(self.role).working(self.today)
        return people.filter(partnership__school__urn=self.kwargs["urn"]).select_related(
            "partnership__school"
        )

    def people_url(self):
        return reverse("schools:people", args=[self.record.partnership.school.urn])

    def get_context_data(self, **kwargs):
        school = self.record.partnership.school
        return super().get_context_data(
            person=self.record, section=school.name, back_url=self.people_url(), **kwargs
        )


class PersonChange(OnePerson, FormView):
    seen_version = None
    template_name = "schools/person_form.html"
    form_class = PersonForm

    def get_initial(self):
        return {name: getattr(self.record, name) for name in PersonForm.base_fields}

    def form_valid(self, form):
        try:
            services.change_person(
                self.record,
                by=self.request.user,
                reason="Details changed",
                opened_version=self.opened_version,
                **form.cleaned_data,
            )
        except StaleVersion as stale:
            now = stale.record
            form.add_error(
                None,
                f"Somebody changed this person while you were writing. It now says: {now.name}, {now.job}, "
                f"{now.phone or 'no phone number'}. Save again to use what you typed.",
            )
            self.record, self.seen_version = now, now.version
            return self.form_invalid(form)
        messages.success(self.request, "Saved.")
        return HttpResponseRedirect(self.people_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title=f"Change {self.record.name}",
            submit_label="Save",
            seen_version=self.seen_version or self.opened_version or self.record.version,
            **kwargs,
        )


class PersonLeave(OnePerson, TemplateView):
    """Asks first. The name stays in the records."""

    template_name = "schools/person_leave.html"

    def post(self, request, *args, **kwargs):
        services.record_leaver(self.record, left_on=self.today, by=request.user)
        messages.success(request, f"{self.record.name} is no longer listed. Records keep the name.")
        return HttpResponseRedirect(self.people_url())
