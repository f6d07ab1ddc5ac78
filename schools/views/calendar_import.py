from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.views.generic import FormView

from accounts.access import PolicyMixin, as_uuid
from accounts.services import use_form_key, used_form_key
from schools import policies, services
from schools.forms import TermsChoice, TermsUpload
from schools.models import Partnership, academic_year_of
from web.words import counted

from .calendar import calendar_url, schools_of, service_of
from .once import add_refusal
from .periods import shut_out


class CalendarImport(PolicyMixin, FormView):
    """A file of term dates: chosen, read, looked at, approved. Nothing is written before, nor half of it.

    The text of the file travels from page to page in the form, so nothing of it is kept here.
    """

    policy = policies.can_keep_calendar
    template_name = "schools/calendar_import.html"
    form_class = TermsUpload
    extra_context = {"page_title": "Import term dates"}

    def post(self, request, *args, **kwargs):
        if "text" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            found = self.read()
        except services.TermsRefused as refusal:
            form = self.get_form()
            form.errors.pop("file", None)
            form.add_error("file", f"The file of term dates {refusal}")
            return self.form_invalid(form)
        if "change" in request.POST or not {"check", "confirm"} & request.POST.keys():
            return self.ask(found, self.choice(found))
        form = self.choice(found, request.POST)
        if not form.is_valid():
            return self.ask(found, form)
        return self.approve(found, form) if "confirm" in request.POST else self.check(found, form)

    def read(self):
        # A browser sends each line break as two characters.
        self.text = self.request.POST["text"].replace("\r\n", "\n")
        return services.read_terms(services.decoded(self.text.encode()))

    def form_valid(self, form):
        self.text = form.cleaned_data["file"]
        found = services.read_terms(self.text)
        return self.ask(found, self.choice(found))

    def choice(self, found, data=None):
        names, chosen = found.names, self.request.POST
        whose = chosen.getlist("whose") or (names if len(names) == 1 else [])
        initial = {"whose": whose, "school": chosen.get("school", "")}
        return TermsChoice(data, names=names, schools=schools_of(self.role), initial=initial)

    def ask(self, found, form):
        return self.show("choose", form, unread=[row for row in found.unread if not row.whose])

    def preview(self, found, form):
        data = form.cleaned_data
        return services.preview_terms(found, data["whose"], service_of(self.role), self.school(form))

    def check(self, found, form):
        return self.show(
            "check",
            form,
            preview=self.preview(found, form),
            whose=form.cleaned_data["whose"],
            school=self.school(form),
            form_key=uuid4(),
        )

    def show(self, step, form, **context):
        return self.render_to_response(self.get_context_data(step=step, form=form, text=self.text, **context))

    def school(self, form):
        urn = form.cleaned_data["school"]
        places = Partnership.objects.with_calendar_for(self.role).select_related("school")
        return places.get(school__urn=urn).school if urn else None

    def approve(self, found, form):
        key = as_uuid(self.request.POST.get("form_key")) or uuid4()
        try:
            url, said = self.write(found, form, key)
        except (IntegrityError, ValidationError) as refusal:
            used = used_form_key(key)
            if used and used.person_id == self.request.user.pk:
                return HttpResponseRedirect(used.led_to)
            if isinstance(refusal, IntegrityError):
                raise
            add_refusal(form, refusal)
            return self.check(found, form)
        messages.success(self.request, said)
        return HttpResponseRedirect(url)

    @transaction.atomic
    def write(self, found, form, key):
        service, school, by = service_of(self.role), self.school(form), self.request.user
        days = self.preview(found, form).new
        seen = self.request.POST.get("seen", "")
        number = services.import_terms(
            found, form.cleaned_data["whose"], service, by=by, seen=seen, school=school
        )
        first_on, last_on = min(row.first_on for row in days), max(row.last_on for row in days)
        url = calendar_url(academic_year_of(first_on), school)
        use_form_key(key, by=by, led_to=url)
        added = f"Added to the calendar: {counted(number, 'line')}."
        return url, added + shut_out(service, first_on, last_on, today=self.today, school=school)

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=calendar_url(), back_text="Back to the calendar", **kwargs)
