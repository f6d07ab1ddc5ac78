"""An address of every page of ours, about records that are there."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import invite
from consultations.services import (
    give_plan_to_reader,
    hand_to_parents,
    keep_draft,
    share_consultation,
)
from tests.accounts.to_open import (
    ask,
    asked_adjustment,
    day_off,
    half_a_plan,
    ordered,
    paper_of,
    refer,
    sent_agreement,
    tell,
    visits_to_change,
)
from tests.orders import money_papers_of
from tests.records import saved_pattern

from .our_pages import address, our_patterns

APPROVING = ["accounts:role-approves", "accounts:role-approves-no-more"]


@pytest.fixture
def addresses(cast, core, role_of, make_visit, make_consultation, make_plan, library):
    """An address for every name, each about a record of Quillbrook that there is something to see of.

    The account, the role and the invitation are Sam's; the role that approves orders is Hana's.
    """
    visit = make_visit(started=True)
    consultation = make_consultation(visit=visit, clinical_note="A note", risk="to_tell")
    matter = tell(consultation, femi=cast.quillbrook.people.get(account=cast.femi))
    plan = make_plan("agreed", consultation=consultation)
    shared = share_consultation(
        consultation, by=cast.priya, at=timezone.now(), opened_version=consultation.version
    )
    copy = hand_to_parents(
        plan.versions.get(), to="A parent", on=timezone.localdate(), by=cast.sam, at=timezone.now()
    )
    give_plan_to_reader(plan, cast.tess, by=cast.sam, at=timezone.now())
    papers = money_papers_of(cast.quillbrook, by=cast.ruth, at=timezone.now())
    statement, invoice, note = (paper.number for paper in papers)
    order, query = ordered(papers[1].agreement, asked_by=cast.sam)
    key = uuid4()
    keep_draft(
        key,
        {"concern": ["Half a sentence"]},
        by=cast.priya,
        path=f"/visits/{visit.reference}/add/",
        at=timezone.now(),
        page=uuid4(),
        kind="consultation",
        partnership=cast.quillbrook,
        visit=visit,
    )
    invitation, token = invite(
        role_of(cast.sam),
        email="mel@cast.example",
        first_name="Mel",
        last_name="Garside",
        kind=RoleRow.Kind.PLAN_READER,
        place=cast.quillbrook,
        at=timezone.now(),
    )
    arguments = {
        "user pk": cast.sam.pk,
        "role pk": role_of(cast.sam).pk,
        "invitation pk": invitation.pk,
        "token": token,
        "urn": cast.quillbrook.school.urn,
        "pk": cast.quillbrook.people.first().pk,
        "key": key,
        "visit": visit.reference,
        "consultation": consultation.reference,
        "case": consultation.case.reference,
        "paper": consultation.case.reference,
        "number": paper_of(consultation.case, role_of(cast.sam)).number,
        "statement number": statement,
        "invoice number": invoice,
        "credit-note number": note,
        "consent": consultation.case.consents.first().pk,
        "plan": plan.reference,
        "plan key": half_a_plan(plan, by=cast.priya).key,
        "plan pk": next(iter(library.values())).pk,
        "shared": shared.reference,
        "carrying-out": plan.reference,
        "passed-on pk": matter.pk,
        "order number": order.number,
        "time pk": query.pk,
        "agreement": sent_agreement(cast).reference,
        "adjustment pk": asked_adjustment(cast).pk,
        "calendar pk": day_off(cast).pk,
        "step pk": plan.versions.get().steps.get().pk,
        "request": ask(cast).reference,
        "referral pk": refer(consultation.case, by=cast.priya).pk,
    }
    found = {name: address(name, arguments) for name, _ in our_patterns()}
    pattern = saved_pattern(cast.quillbrook, cast.priya)
    found["schools:visit-pattern"] = f"/schools/{cast.quillbrook.school.urn}/visits/pattern/{pattern.pk}/"
    found["schools:entry-query"] = f"/time/lines/{query.entry_id}/query/"
    approving = arguments | {"role pk": role_of(cast.hana).pk}
    found |= {name: address(name, approving) for name in APPROVING}
    found |= {
        f"consultations:visit-{verb}": f"{about.get_absolute_url()}{verb}/"
        for verb, about in visits_to_change(make_visit, make_consultation).items()
    }
    return found | {"consultations:share-pdf": f"{copy.get_absolute_url()}copy.pdf"}
