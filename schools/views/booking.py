from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import as_uuid
from accounts.models import RoleRow
from accounts.services import digest_of, use_form_key, used_form_key
from schools import policies
from schools.consequences import with_verb
from schools.forms import CORE, ONLY_RECORDED, BookVisitForm
from schools.free_slots import clinicians_of
from schools.models import Agreement, TimeEntry
from schools.querysets import Numbers
from schools.services import book_visit, owed_to_book
from web.words import clock, longdate

from .clashes import require_no_clash
from .school import OfSchool


class VisitBook(OfSchool, FormView):
    """A visit of one's own or of a colleague at the school, for time of the core offer or time bought."""

    policy = policies.can_book_visit
    template_name = "schools/visit_book.html"
    form_class = BookVisitForm
    tab = "visits"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.open_pots, self.new_key = [], None

    def get_form_kwargs(self):
        pots = Agreement.objects.visible_to(self.role).of_school(self.record).to_book_from(self.today)
        self.open_pots = list(pots)
        return super().get_form_kwargs() | {
            "partnership": self.record,
            "today": self.today,
            "clinicians": self.clinicians(),
            "pots": self.pots(),
            "owed": self.owed(),
        }

    def clinicians(self):
        return [(str(one.pk), str(one)) for one in clinicians_of(self.record, self.today)]

    def pots(self):
        """The core offer once, whatever its years, and each agreement; with what is free in them. Without a
        core offer a visit may draw on nothing."""
        free = TimeEntry.objects.filter(agreement__in=self.open_pots).numbers_by("agreement")
        named = {}
        for pot in self.open_pots:
            left = pot.in_words(max(0, free.get(pot.pk, Numbers()).free))
            name = "Core offer" if pot.is_core else f"Bought time, {pot}"
            words = f"{name}: {left} free to book, until {longdate(pot.last_on)}"
            named.setdefault(CORE if pot.is_core else str(pot.pk), words)
        if named and CORE not in named:
            named[ONLY_RECORDED] = "No agreement: it is only recorded"
        return list(named.items())

    def owed(self):
        """What is owed and not booked for yet, as "1 half day is"; "" without."""
        core = next((pot for pot in self.open_pots if pot.is_core), None)
        minutes = owed_to_book(self.record) if core else 0
        return with_verb(core, minutes, "is", "are") if minutes > 0 else ""

    def get_initial(self):
        mine = self.role.person_id if self.role.kind == RoleRow.Kind.CLINICIAN else None
        return {"clinician": mine, "pot": CORE}

    def form_valid(self, form):
        key = as_uuid(self.request.POST.get("form_key")) or uuid4()
        digest = digest_of(repr((self.record.pk, sorted(form.cleaned_data.items()))))
        used = used_form_key(key)
        if used and used.fingerprint == digest:
            return self.booked_before()
        # Somebody went back to the page and booked another visit on it.
        key = uuid4() if used else key
        try:
            with transaction.atomic():
                visit = self.book(form)
                use_form_key(key, by=self.request.user, led_to=self.visits_url(), fingerprint=digest)
        except IntegrityError:
            if not used_form_key(key):
                raise
            return self.booked_before()
        except ValidationError as refusal:
            form.add_error(None, form.placed(refusal))
            return self.form_invalid(form)
        hours = f"{clock(visit.planned_start_at)} to {clock(visit.planned_end_at)}"
        messages.success(self.request, f"Visit booked for {longdate(visit.planned_start_at)}, {hours}.")
        return HttpResponseRedirect(self.visits_url())

    def book(self, form):
        by, data, clinician = self.request.user, form.cleaned_data, self.clinician(form)
        require_no_clash(self.role, clinician, **form.times())
        return book_visit(
            self.record,
            clinician,
            by=by,
            at=timezone.now(),
            pot=next((pot for pot in self.open_pots if pot.pk == form.pot_key), None),
            clears_owed=data.get("clears_owed", False),
            **form.times(),
        )

    def clinician(self, form):
        """The one chosen, or the only one there is."""
        people = {str(one.pk): one for one in clinicians_of(self.record, self.today)}
        chosen = form.cleaned_data.get("clinician") or next(iter(people), None)
        if chosen not in people:
            raise ValidationError("Select a clinician who is linked to this school.")
        return people[chosen]

    def booked_before(self):
        messages.warning(self.request, "That was booked already. It is in the list below.")
        return HttpResponseRedirect(self.visits_url())

    def visits_url(self):
        return reverse("schools:school-visits", args=[self.record.school.urn])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Book a visit",
            submit_label="Book visit",
            back_url=self.visits_url(),
            back_text="Back to the visits",
            form_key=as_uuid(self.request.POST.get("form_key")) or uuid4(),
            **kwargs,
        )
