"""The timeline of a case: what happened, when, by whom; to each role what it may see, and nothing else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Reading
from accounts.services import log_reading, save_tracked
from consultations import timeline
from consultations.models import Case, ParentsMeeting, Purpose
from consultations.services import ask_for_change, promote_case, recall_share, withdraw_consent
from tests.cost import AT_MOST, cost
from tests.records import named_child, no_names_child


def lines(case, role, today):
    return [event.words.line for event in timeline.events(case, role, on=today)]


def without_references(found):
    return sorted(" ".join(word for word in line.split() if word[1:2] != "-") for line in found)


FOR_BOTH = [
    *("Check-in on plan", "Copy of plan for parents or carers handed to Robin's mother"),
    "Meeting with parents or carers about plan Came: Both parents",
    *(
        "Note closed to the school: recalled",
        "Note shared with the school",
        "Case opened",
        "Plan handed out as paper 1",
    ),
    *("Plan reviewed: some progress, carry on", "Plan version 1 agreed"),
    *("Plan version 1 sent to the school to agree", "Referral to Speech therapy made"),
    *("Referral to Speech therapy: accepted, waiting to be seen",),
    "Stage: parents involved. Decided by Priya",
]
CLINICIANS_ALONE = [
    *("Consent, discuss by name: agreed", "Consent, observe in class: did not agree"),
    *("Consent, refer on: agreed", "Consent, share the plan with the school: agreed"),
    "Consultation, face to face, 30 minutes",
]


def test_a_clinician_sees_all_that_happened(full, priya, role_of, today):
    found = without_references(lines(full, role_of(priya), today))
    assert found == sorted([*FOR_BOTH, *CLINICIANS_ALONE])


def test_link_staff_see_what_is_shared_and_neither_consultations_nor_consents(full, sam, role_of, today):
    assert without_references(lines(full, role_of(sam), today)) == sorted(FOR_BOTH)


@pytest.mark.parametrize("who", ["owen", "noor", "hana", "femi", "kit", "edie", "ada"])
def test_nobody_else_sees_any_of_it(request, full, role_of, today, who):
    assert lines(full, role_of(request.getfixturevalue(who)), today) == []


def test_a_plan_reader_has_their_own_check_ins_and_no_page_of_it(full, tess, role_of, today, client, sign_in):
    assert without_references(lines(full, role_of(tess), today)) == ["Check-in on plan"]
    assert sign_in(client, tess).get(f"/cases/{full.reference}/timeline/").status_code == 404


def test_what_was_closed_to_the_school_leaves_no_name_and_no_way_in(full, sam, priya, role_of, today):
    found = timeline.events(full, role_of(sam), on=today)
    closed = [event.words for event in found if "Note" in event.words.line]
    assert [words.url for words in closed] == ["", ""]
    consent = full.consents.get(purpose=Purpose.SHARE_PLAN)
    now = timezone.now()
    withdraw_consent(
        consent, by=consent.case.consultations.first().author, at=now, withdrawn_on=today, opened_version=1
    )
    assert "Robin's mother" not in str(timeline.events(full, role_of(sam), on=today))


def test_a_plan_that_was_recalled_and_a_version_sent_back(make_plan, priya, sam, role_of, today):
    plan = make_plan("sent")
    version = plan.versions.get()
    ask_for_change(
        version, by=sam, at=timezone.now(), change="Please begin later.", opened_version=version.version
    )
    recall_share(version.shares.get(), by=priya, at=timezone.now())
    found = timeline.events(plan.case, role_of(priya), on=today)
    said = {
        (event.words.line, event.words.text, event.by)
        for event in found
        if event.words.kind.startswith("plan")
    }
    assert said == {
        (f"Plan {plan.reference} closed to the school: recalled", "", "Priya Nair"),
        (f"Change to plan {plan.reference} version 1 asked for", "Please begin later.", "Sam Whitlock"),
        (f"Plan {plan.reference} version 1 sent to the school to agree", "", "Priya Nair"),
    }


def test_going_on_by_name_is_told_on_both_cases(make_consultation, priya, role_of, today):
    case = make_consultation(about=no_names_child()).case
    later = promote_case(case, named_child(), by=priya, on=today)
    assert f"Goes on by name as {later.reference}" in lines(case, role_of(priya), today)
    assert f"Case opened, going on from {case.reference}" in lines(later, role_of(priya), today)


def test_what_was_written_down_later_says_both_days(make_plan, priya, role_of, today):
    plan = make_plan("agreed")
    wrote = {"written_at": timezone.now(), "written_by": priya}
    held_on = today - timedelta(days=9)
    meeting = ParentsMeeting(plan=plan, held_on=held_on, who_came="Both", agreed="Meet again.", **wrote)
    save_tracked(meeting, by=priya, reason="Written")
    newest, *_, oldest = timeline.events(plan.case, role_of(priya), on=today)
    assert oldest.words.kind == "meeting"
    assert (oldest.happened_on, oldest.written_later) == (held_on, True)
    assert (newest.happened_on, newest.written_later) == (today, False)


def test_pages_of_25_lead_from_one_to_the_next_and_back_without_a_gap(
    client, sign_in, priya, role_of, make_plan, make_review, today
):
    plan = make_plan("agreed")
    for _ in range(60):
        make_review(plan)
    everything = [event.key for event in timeline.events(plan.case, role_of(priya), on=today)]
    seen, url = [], f"/cases/{plan.case.reference}/timeline/"
    pages = []
    while url:
        page = sign_in(client, priya).get(url).context["page"]
        seen += [event.key for event in page.events]
        pages.append(page)
        url = page.older and f"/cases/{plan.case.reference}/timeline/{page.older}"
    assert seen == everything
    assert [len(page.events) for page in pages] == [25, 25, len(everything) - 50]
    back = client.get(f"/cases/{plan.case.reference}/timeline/{pages[2].newer}").context["page"]
    assert [event.key for event in back.events] == [event.key for event in pages[1].events]


@pytest.mark.parametrize(
    "query",
    [
        *(
            "before=x",
            "before=2026-11-03",
            "before=2026-11-03_x_1_1",
            "before=2026-11-03_2026-11-03T10:00_1_1",
        ),
        *("after=2026-11-03_2026-11-03T10:00:00%2B00:00_1_99999999999999999999", "before=%00_%00_1_1"),
        *(
            "before=0001-01-01_0001-01-01T00:00:00%2B23:00_1_1",
            "after=9999-12-31_9999-12-31T23:59:59-23:00_1_1",
        ),
        "before=2026-11-03_2026-11-03T10:00:00%2B00:00_²_1",
    ],
)
def test_an_address_that_somebody_made_up_is_the_first_page(client, sign_in, priya, make_plan, query):
    plan = make_plan("agreed")
    page = sign_in(client, priya).get(f"/cases/{plan.case.reference}/timeline/?{query}")
    assert page.status_code == 200
    assert page.context["page"].events


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_ten_years_of_history_cost_what_a_new_case_costs(
    request, client, sign_in, who, full, make_plan, make_review, make_consultation, visit, themes, sam
):
    sign_in(client, request.getfixturevalue(who))
    new = make_plan("agreed").case
    for page in ("timeline/", ""):
        first = cost(client, f"/cases/{new.reference}/{page}")
        assert cost(client, f"/cases/{full.reference}/{page}") == first
        assert first <= AT_MOST
    plan = full.plans.get()
    for _ in range(40):
        make_review(plan)
    for _ in range(10):
        make_consultation(visit=visit, about=full)
    for page in ("timeline/", ""):
        assert cost(client, f"/cases/{full.reference}/{page}") == cost(
            client, f"/cases/{new.reference}/{page}"
        )


def test_all_of_a_case_is_two_questions(full, priya, role_of, today):
    role = role_of(priya)
    with CaptureQueriesContext(connection) as captured:
        assert timeline.events(full, role, on=today)
    assert len(captured) == 2


def looked(case, role, ago):
    log_reading(case, role=role, record=case, door="consultations:case", at=timezone.now() - ago)


def test_what_somebody_else_wrote_since_the_last_look_is_new(
    full, priya, sam, make_review, client, sign_in, role_of
):
    url = f"/cases/{full.reference}/timeline/"
    page = sign_in(client, sam).get(url)
    assert "since you last looked" not in page.text
    assert not any(event.is_new for event in page.context["events"])
    Reading.objects.all().delete()
    looked(full, role_of(sam), timedelta(hours=2))
    page = client.get(url)
    mine = {event.words.line for event in page.context["events"] if not event.is_new}
    on = timezone.localdate(timezone.now() - timedelta(hours=2))
    assert f"since you last looked on {on:%-d %B %Y}" in page.text
    assert without_references(mine) == [
        "Copy of plan for parents or carers handed to Robin's mother",
        "Plan reviewed: some progress, carry on",
        "Plan version 1 agreed",
    ]
    assert len(re.findall(r"nhsuk-tag[^>]*>\s*New\s*<", page.text)) == len(FOR_BOTH) - 3


def test_opening_the_timeline_from_the_case_is_one_look(full, sam, client, sign_in, role_of):
    looked(full, role_of(sam), timedelta(hours=2))
    sign_in(client, sam).get(f"/cases/{full.reference}/")
    page = client.get(f"/cases/{full.reference}/timeline/")
    assert any(event.is_new for event in page.context["events"])


def test_a_look_of_a_colleague_is_not_mine(full, sam, dana, role_of):
    looked(full, role_of(dana), timedelta(hours=2))
    assert timeline.last_looked(full, role_of(sam), at=timezone.now()) is None
    assert timeline.last_looked(full, role_of(dana), at=timezone.now()) is not None


def test_nothing_of_the_clinical_note_is_on_it(full, priya, client, sign_in):
    page = sign_in(client, priya).get(f"/cases/{full.reference}/timeline/")
    assert "Consultation, face to face, 30 minutes" in page.text
    assert "canary-note" not in page.text
    assert Case.objects.count() == 1


def test_the_case_page_leads_to_it(full, priya, client, sign_in):
    page = sign_in(client, priya).get(f"/cases/{full.reference}/")
    assert f'href="/cases/{full.reference}/timeline/"' in page.text
