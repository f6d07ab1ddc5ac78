"""Whether a clinician is somewhere else at the time of a visit."""

from django.contrib.auth import get_user_model

from schools.models import Visit

Outcome = Visit.Outcome
# Visits that take a clinician's time: to come, done, and made for nothing.
TAKES_TIME = ("", Outcome.DONE, Outcome.NO_LINK_PERSON)


def clash_of(clinician, *, planned_start_at, planned_end_at, but=None):
    """Another visit of the clinician that meets these times, at whichever school; None without.

    Called in the transaction that books: until it ends nobody who asks this too books for the clinician.
    """
    get_user_model().objects.select_for_update(of=("self",), no_key=True).get(pk=clinician.pk)
    others = Visit.objects.filter(clinician=clinician, outcome__in=TAKES_TIME)
    others = others.exclude(pk=but.pk) if but else others
    meets = others.filter(planned_start_at__lt=planned_end_at, planned_end_at__gt=planned_start_at)
    return meets.select_related("partnership__school").order_by("planned_start_at", "pk").first()
