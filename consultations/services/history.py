"""The chain of a case's history: beginning it where there was none, and what is left when a case goes."""

from django.db import transaction

from accounts.services import write_new
from consultations.models import (
    Case,
    CaseChain,
    CaseLink,
    CaseStub,
    add_links,
    chained_models,
    locked_chain,
)


@transaction.atomic
def seal_history(case):
    """Link what was written about a case before there were chains, the oldest first. Returns how many rows.

    Once for each case: where the opening of the case is a link already nothing is touched. Where somebody
    deleted the links, it signs what stands there now.
    """
    chain = locked_chain(case.pk)
    if is_sealed(case):
        return 0
    linked = CaseLink.objects.filter(case=case)
    found = []
    for model in chained_models():
        known = linked.filter(table=model._meta.label).values("history_id")
        rows = model.history.filter(**{model.CASE or "id": case.pk}).exclude(history_id__in=known)
        found += [(row.history_date, row.history_id, row) for row in rows]
    rows = [row for *_, row in sorted(found, key=lambda entry: entry[:2])]
    write_new(add_links(chain, rows))
    return len(rows)


def is_sealed(case):
    """Whether the chain holds the opening of the case."""
    opened = Case.history.filter(id=case.pk, history_type="+").values("history_id")
    return CaseLink.objects.filter(case=case, table=Case._meta.label, history_id__in=opened).exists()


def leave_stub(case, *, by, at, certificate):
    """Keep of a case that is destroyed its reference, the end of its chain, who, when and which certificate.

    To be called in the transaction that destroys it, before. Raises IntegrityError for a second stub.
    """
    chain = CaseChain.objects.select_for_update(no_key=True).get(case=case)
    stub = CaseStub(
        reference=case.reference,
        length=chain.length,
        last_mac=chain.mac,
        destroyed_at=at,
        destroyed_by=by,
        certificate=certificate,
    )
    stub.sign().save()
    return stub
