"""The links of a case, one after the other."""

from collections import defaultdict

from django.apps import apps

from consultations.models import Case, CaseChain, CaseLink, CaseStub
from consultations.services import is_sealed

from .rows import UNREADABLE, Finding, by_key, in_batches

CHANGED = "it is not what was signed when it was written"
# Names no command: to sign now would sign what was tampered with.
UNSIGNED = "its opening has no signed history: written before signing began, or the signatures were deleted"


def check_chain(case, *, count):
    """Findings about the links of one case; `count(n)` is told of links as they are read."""
    before, number, whole = "", 0, True
    links = CaseLink.objects.filter(case=case).order_by("number").iterator(chunk_size=500)
    for batch in in_batches(links):
        rows = rows_of(batch)
        for link in batch:
            if link.number != number + 1:
                yield Finding(
                    case.reference, f"links {number + 1} to {link.number - 1} of its chain are gone"
                )
                whole = False
            if whole:
                yield from check_link(case, link, before, rows[link.table].get(link.history_id))
            before, number, whole = link.mac, link.number, True
        count(len(batch))
    yield from check_end(case, number, before)


def check_end(case, number, mac):
    chain = CaseChain.objects.filter(case=case).first()
    if chain is None or (chain.length, chain.mac) != (number, mac):
        yield Finding(case.reference, "its chain does not end where it should")
    if not is_sealed(case):
        yield Finding(case.reference, UNSIGNED)


def check_link(case, link, before, row):
    name = called(link.table)
    if row is None:
        yield Finding(case.reference, f"a row of its history is gone (link {link.number})", name)
    elif row is UNREADABLE:
        yield Finding(case.reference, f"its encrypted text cannot be opened (link {link.number})", name)
    elif not right(link, before, row):
        yield Finding(case.reference, f"{CHANGED} (link {link.number})", name, row.history_date)


def right(link, before, row):
    try:
        return link.record_pk == row.id and link.is_right(before, row)
    except AttributeError:  # a column that never was
        return False


def rows_of(links):
    """{table: {key of the history row: the row}} of a batch of links."""
    wanted = defaultdict(list)
    for link in links:
        wanted[link.table].append(link.history_id)
    return {table: by_key(history_in(table), "history_id", keys) for table, keys in wanted.items()}


def history_in(table):
    try:
        return apps.get_model(table).history.all()
    except (LookupError, ValueError, AttributeError):
        return Case.history.none()


def called(table):
    """The name of a table as a person says it: "Consultation theme"."""
    try:
        name = str(apps.get_model(table)._meta.verbose_name)
    except (LookupError, ValueError):
        return "Unknown table"
    return name[:1].upper() + name[1:]


def check_stubs():
    """Findings about what is left of destroyed cases: forged, or of a case that is still there."""
    for stub in CaseStub.objects.order_by("pk").iterator():
        if not stub.is_right():
            yield Finding(stub.reference, "the stub that says it was destroyed is not signed by this service")
        elif Case.objects.filter(reference=stub.reference).exists():
            yield Finding(stub.reference, "a stub says it was destroyed, and it is still there")
