"""Whether a clinician is somewhere else at the time of a visit."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from schools.models import Visit

Outcome = Visit.Outcome
# Visits that take a clinician's time: to come, done, and made for nothing.
TAKES_TIME = ("", Outcome.DONE, Outcome.NO_LINK_PERSON)


class Clash(ValidationError):
    """The clinician is somewhere else then: at `visit`. Its own words name no school, because a service
    does not know whether the reader may see that visit."""

    def __init__(self, clinician, visit):
        super().__init__(f"{clinician} has another visit at that time.", code="clash")
        self.visit = visit


def clash_of(clinician, *, planned_start_at, planned_end_at, but=None):
    """Another visit of the clinician that meets these times, at whichever school; None without.

    Called in the transaction that books: until it ends nobody who asks this too books for the clinician. A
    visit that is changed in that transaction is locked before: see `lock_work_of`.
    """
    get_user_model().objects.select_for_update(of=("self",), no_key=True).get(pk=clinician.pk)
    others = Visit.objects.filter(clinician=clinician, outcome__in=TAKES_TIME)
    others = others.exclude(pk=but.pk) if but else others
    meets = others.filter(planned_start_at__lt=planned_end_at, planned_end_at__gt=planned_start_at)
    return meets.select_related("partnership__school").order_by("planned_start_at", "pk").first()


def refuse_clash(clinician, visit):
    """Raises Clash when the clinician is somewhere else at the time of a visit."""
    times = {"planned_start_at": visit.planned_start_at, "planned_end_at": visit.planned_end_at}
    clash = clash_of(clinician, **times, but=visit)
    if clash:
        raise Clash(clinician, clash)
