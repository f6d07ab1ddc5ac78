from django.http import HttpResponseRedirect

from accounts.services import used_form_key
from schools import policies, services
from schools.forms import DaysForm, RemoveForm
from schools.models import CalendarPeriod, Partnership, academic_year_of
from web.words import counted

from .calendar import calendar_url, schools_of, service_of
from .once import SaveOnce


def shut_out(service, first_on, last_on, *, today, school):
    """How many booked visits of this time lie on a closed day, as a sentence; "" for none."""
    closed = services.booked_on_closed_days(service, first_on, last_on, today=today, school=school)
    if not closed:
        return ""
    are = "is" if len(closed) == 1 else "are"
    return f" {counted(len(closed), 'booked visit')} in this time {are} on a closed day now."


class WritesDays(SaveOnce):
    """What the pages that write into a calendar share: where they lead, and what they say then."""

    policy = policies.can_keep_calendar

    def led(self, said, service, school, *days):
        """To the year of the first of these days."""
        said += shut_out(service, min(days), max(days), today=self.today, school=school)
        return calendar_url(academic_year_of(days[0]), school), said

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_text="Back to the calendar", **kwargs)


class PeriodAdd(WritesDays):
    form_class = DaysForm
    extra_context = {"page_title": "Add days to the calendar", "submit_label": "Add days"}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"schools": schools_of(self.role), "today": self.today}

    def get_initial(self):
        return {"school": self.request.GET.get("school", "")}

    def save(self, form):
        service, school, data = service_of(self.role), self.school(form), form.cleaned_data
        days = data["first_on"], data["last_on"]
        period = services.add_period(
            service, data["kind"], *days, by=self.request.user, school=school, name=data["name"]
        )
        return self.led(f"Added: {services.in_words(period)}.", service, school, *days)

    def school(self, form):
        urn = form.cleaned_data["school"]
        places = Partnership.objects.with_calendar_for(self.role).select_related("school")
        return places.get(school__urn=urn).school if urn else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=calendar_url(), **kwargs)


class OnePeriod(WritesDays):
    """A page about days that are in the calendar."""

    lookup = "pk"

    def get_visible(self):
        return CalendarPeriod.objects.visible_to(self.role).select_related("service", "school")

    def get_context_data(self, **kwargs):
        period = self.record
        return super().get_context_data(
            period=period,
            days=services.in_words(period),
            back_url=calendar_url(academic_year_of(period.first_on), period.school),
            **kwargs,
        )


class PeriodChange(OnePeriod):
    form_class = DaysForm

    def get_form_kwargs(self):
        whose = {"schools": None, "of_school": bool(self.record.school_id)}
        return super().get_form_kwargs() | whose | {"today": self.today}

    def get_initial(self):
        return {name: getattr(self.record, name) for name in ("kind", "name", "first_on", "last_on")}

    def save(self, form):
        before = self.record
        after = services.change_period(
            before, by=self.request.user, opened_version=self.opened_version, **form.cleaned_data
        )
        days = after.first_on, after.last_on, before.first_on, before.last_on
        return self.led(f"Saved: {services.in_words(after)}.", after.service, after.school, *days)

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_title=f"Change {services.in_words(self.record)}", **kwargs)


class PeriodRemove(OnePeriod):
    """Asks first. The history keeps what was taken out."""

    form_class = RemoveForm
    template_name = "schools/period_remove.html"

    def dispatch(self, request, *args, **kwargs):
        """The days are gone at a second press: it leads where the first one led."""
        used = self.form_key and used_form_key(self.form_key)
        if used and used.person_id == request.user.pk:
            return HttpResponseRedirect(used.led_to)
        return super().dispatch(request, *args, **kwargs)

    def save(self, form):
        period, days = self.record, (self.record.first_on, self.record.last_on)
        said = f"Taken out: {services.in_words(period)}."
        services.remove_period(period, by=self.request.user, opened_version=self.opened_version)
        return self.led(said, period.service, period.school, *days)
