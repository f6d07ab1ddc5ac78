"""Texts of the demo that are in the trust's own record: all but those of each clinician's last visit."""

from datetime import timedelta

from consultations.models import Consultation
from consultations.record_entries import by_case
from consultations.services import mark_as_copied
from schools.models import Visit

from .dated import as_of, local


def copy_to_record(desks, today):
    """Called when the past is played, so that they are copied as they stand. Dated the day before `today`."""
    at = local(today - timedelta(days=1), 15)
    clinicians = {desk.clinician.pk: desk.clinician for desk in desks}
    for by in clinicians.values():
        for visit in Visit.objects.filter(clinician=by, outcome=Visit.Outcome.DONE).for_list()[1:]:
            talks = Consultation.objects.filter(visit=visit).to_copy().select_related("case")
            for entry in by_case(talks.order_by("held_at", "pk")):
                as_of(at, mark_as_copied, visit, entry.case, by=by, at=at, seen=entry.stamp)
