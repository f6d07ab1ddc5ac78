from django.core.exceptions import ValidationError

from schools.models import Visit
from schools.services import clash_of
from web.words import clock, longdate


def require_no_clash(role, clinician, *, planned_start_at, planned_end_at, but=None):
    """Raises ValidationError when the clinician is somewhere else then: where, only to who may see it."""
    times = {"planned_start_at": planned_start_at, "planned_end_at": planned_end_at}
    clash = clash_of(clinician, **times, but=but)
    if clash:
        raise at_another_time(role, clinician, clash)


def at_another_time(role, clinician, clash):
    """What refuses this time, for the form that asked for it."""
    return ValidationError(f"{clash_in_words(role, clinician, clash)}. Choose another time", code="clash")


def clash_in_words(role, clinician, clash):
    """Where the clinician is, for who may see that visit; else only that there is one. No full stop."""
    if not Visit.objects.visible_to(role).filter(pk=clash.pk).exists():
        return f"{clinician} has another visit at that time"
    hours = f"{clock(clash.planned_start_at)} to {clock(clash.planned_end_at)}"
    return f"{clinician} is at {clash.partnership.school} on {longdate(clash.planned_start_at)}, {hours}"
