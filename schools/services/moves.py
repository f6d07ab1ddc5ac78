"""A visit that was moved is a new row; for whoever keeps a calendar it is the same visit, later."""

from uuid import UUID, uuid5

from schools.models import Visit

# Ours alone, drawn once. An entry is called by it and the first reference, which cannot be read out of it.
OURS = UUID("0b0f7f0e-6d0c-4a58-9f4c-5d1f0a6f7d53")


def calendar_names(visits):
    """{visit's key: (uid, sequence)}, in one query whatever the number of visits and of moves.

    The sequence counts every change of every row the visit has been, so it only ever rises.
    """
    partnerships = {visit.partnership_id for visit in visits}
    moved = Visit.objects.filter(partnership__in=partnerships, outcome=Visit.Outcome.MOVED)
    before = {pk: rest for pk, *rest in moved.values_list("pk", "reference", "version", "moved_from")}
    return {visit.pk: name_of(visit, before) for visit in visits}


def name_of(visit, before):
    reference, sequence, earlier = visit.reference, visit.version, visit.moved_from_id
    while earlier:
        reference, version, earlier = before[earlier]
        sequence += version
    return uuid5(OURS, reference), sequence
