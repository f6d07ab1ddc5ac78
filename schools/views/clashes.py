from django.core.exceptions import ValidationError

from schools.models import Visit
from schools.services import clash_of
from web.words import clock, longdate


def require_no_clash(role, clinician, *, planned_start_at, planned_end_at, but=None):
    """Raises ValidationError when the clinician is somewhere else then: where, only to who may see it."""
    times = {"planned_start_at": planned_start_at, "planned_end_at": planned_end_at}
    clash = clash_of(clinician, **times, but=but)
    if not clash:
        return
    words = f"{clinician} has another visit at that time"
    if Visit.objects.visible_to(role).filter(pk=clash.pk).exists():
        hours = f"{clock(clash.planned_start_at)} to {clock(clash.planned_end_at)}"
        day, school = longdate(clash.planned_start_at), clash.partnership.school
        words = f"{clinician} is at {school} on {day}, {hours}"
    raise ValidationError(f"{words}. Choose another time", code="clash")
