"""The evidence pack and the chronology: golden texts, and what stands on neither."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.services import save_tracked
from consultations.models import Paper, ParentsMeeting, Referral, ReferralUpdate, StageMove
from consultations.services import share_consultation, withdraw_consent
from tests.consents import answer
from tests.filling import main_text
from tests.handing_out import hand_out_as_read
from tests.records import local, named_child

MAYA = named_child(first_name="Maya", last_name="Thornbury", date_of_birth=date(2017, 3, 27))
WHEN, MET = date(2026, 9, 14), date(2026, 10, 1)
SECRET = ["concern", "why_now", "strengths", "since_when", "how_often", "setting", "other_agencies"]
SECRET += ["attendance", "childs_view", "childs_view_how", "parents_view"]


@pytest.fixture
def case(make_consultation, make_plan, make_review, priya, sam, visit):
    """Two cycles of Maya, the first finished; a note, a meeting, and what no such paper holds."""
    texts = {name: f"canary-{name}" for name in SECRET}
    more = {"clinical_note": "canary-note", "tried": [("canary-tried", "helped")], "risk": "to_tell"}
    talk = make_consultation(about=MAYA, agreed="A calm start.", minutes=50, **texts, **more)
    words = {"tried": "A visual timetable.", "childs_view": "I like mornings.", "parents_view": "Calmer now."}
    first = make_plan("agreed", consultation=talk, on=WHEN, review_on=date(2026, 10, 12), **words)
    goal = first.versions.get().goals.get()
    make_review(first, at=local(date(2026, 10, 12), 15), ratings={goal: 7}, overall="finished")
    second = make_plan("agreed", case=talk.case, on=date(2026, 10, 13), review_on=date(2026, 11, 24))
    make_plan("draft", case=make_consultation(visit=visit).case, concern="canary-other")
    share_consultation(talk, by=priya, at=local(WHEN, 12), opened_version=talk.version)
    meeting = ParentsMeeting(
        **{"plan": second, "held_on": MET, "who_came": "Mum", "views": "Happier.", "agreed": "Go on."},
        **{"written_at": local(MET, 16), "written_by": sam},
    )
    save_tracked(meeting, by=sam, reason="Met")
    return talk.case


def text_of(page):
    assert page.status_code == 200
    return " ".join(
        " ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(page.content)).pages
    )


def paper_of(client, case, name, **data):
    return text_of(
        hand_out_as_read(client, reverse(f"consultations:{name}", args=[case.reference]), data, follow=True)
    )


def test_a_cycle_that_no_review_ended_is_not_counted_as_completed(client, sign_in, sam, priya, case, today):
    begun = paper_of(sign_in(client, sam), case, "evidence")
    second = case.plans.get(ended_on=None)
    second.ended_on, second.ending = today, "stopped"
    save_tracked(second, by=priya, reason="Went on at another school")
    over = paper_of(client, case, "evidence")
    said = "2 cycles completed Not yet. One ended on"
    assert said in begun
    assert said in over


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ([], "Not yet"),
        ([6], "Not yet. One ended on 6 October 2026."),
        ([6, 9], "Yes. 2 ended, on 6 October 2026 and 9 October 2026."),
        ([6, 9, 16], "Yes. 3 ended, on 6 October 2026, 9 October 2026 and 16 October 2026."),
    ],
)
def test_the_pack_says_whether_two_cycles_were_completed(
    client, sign_in, sam, make_plan, make_review, ends, said
):
    plan = make_plan("agreed", on=WHEN)
    for day in ends:
        make_review(plan, at=local(date(2026, 10, day), 15), overall="finished")
        plan = make_plan("agreed", case=plan.case, on=date(2026, 10, day))
    words = paper_of(sign_in(client, sam), plan.case, "evidence")
    assert f"2 cycles completed {said} What this is" in words


def test_the_pack_reads_in_order(client, sign_in, sam, case):
    words = paper_of(sign_in(client, sam), case, "evidence")
    plans = [plan.reference for plan in case.plans.order_by("cycle")]
    for part in [
        f"Evidence pack for an EHC request Reference Case {case.reference} School Quillbrook Primary School",
        "Child Maya Thornbury Date of birth 27 March 2017 Year group Year 4 2 cycles completed Not yet. One",
        "What this is This records a consultation between school staff and a mental health clinician.",
        f"Cycles Cycle Plan Agreed Ended What adults did 1 {plans[0]}, version 1 14 September 2026",
        "12 October 2026 Finished Meet Robin at the side door (every day)",
        "13 October 2026 Not ended Meet Robin at the side door (every day)",
        "Time given by the clinician Consultations that staff of the school took part in, or whose note was",
        "shared with them. Term Consultations Time Outside term 1 consultation 50 minutes",
        "What was tried What had been tried, cycle 1, 14 September 2026 A visual timetable.",
        "Goal, 0 to 10 Start Last Expected Result 1 Robin comes in calmly",
        "2 7 7 As expected 2 Robin comes in calmly",
        "2 Not rated 7 Not rated since the start",
        "1 12 October 2026 Sam Whitlock Robin comes in calmly: 7 Not answered Finished, goals met.",
        "The child or young person, cycle 1, 14 September 2026 I like mornings.",
        "Parents or carers, cycle 1, 14 September 2026 Calmer now.",
        "Parents or carers, at a meeting on 1 October 2026 Happier.",
        "Meetings with parents or carers Date Who came What they said What was agreed 1 October 2026 Mum",
        "Notes from consultations 14 September 2026, shared by Priya Nair A calm start.",
        "Who holds this Willowmere CAMHS in Schools keeps the record.",
    ]:
        assert part in words
    assert "canary" not in words


def test_clinician_and_school_get_the_same_pack(client, sign_in, sam, priya, case):
    first = paper_of(sign_in(client, sam), case, "evidence")
    second = paper_of(sign_in(client, priya), case, "evidence")
    assert second == first.replace(" Official-sensitive", ". Copy Official-sensitive")
    assert Paper.objects.count() == 1


def test_the_page_says_what_the_pack_will(client, sign_in, sam, case):
    page = sign_in(client, sam).get(reverse("consultations:evidence", args=[case.reference]))
    assert "Notes from consultations" in main_text(page)
    assert "canary" not in page.text
    assert not Paper.objects.exists()


def test_nothing_shared_makes_no_pack(client, sign_in, priya, make_consultation):
    url = reverse("consultations:evidence", args=[make_consultation().case.reference])
    assert "there is nothing to put on this paper" in main_text(sign_in(client, priya).get(url))
    assert "Nothing that is on this paper is shared" in client.post(url).text
    assert not Paper.objects.exists()


def refer(case, priya):
    common = {"written_at": timezone.now(), "written_by": priya}
    made = {"case": case, "to": "canary-clinic", "made_on": MET, "due_on": date(2027, 1, 4)}
    referral = save_tracked(Referral(**made, **common), by=priya, reason="Referred")
    heard = {"status": "accepted", "heard_on": MET, "feedback": "canary-feedback"}
    save_tracked(ReferralUpdate(referral=referral, **heard, **common), by=priya, reason="Heard")


def move(case, priya):
    stage = {"stage": "parents_involved", "moved_on": MET, "reason": "No headway.", "decided_by": "Both"}
    row = StageMove(case=case, **stage, written_at=timezone.now(), written_by=priya)
    save_tracked(row, by=priya, reason="Moved")


def test_the_chronology_of_the_school_holds_what_the_school_can_read(client, sign_in, sam, priya, case):
    move(case, priya)
    refer(case, priya)
    words = paper_of(sign_in(client, sam), case, "chronology")
    plans = [plan.reference for plan in case.plans.order_by("cycle")]
    found = [
        f"14 September 2026 14 September 2026 Priya Nair Plan {plans[0]}, version 1, was sent to be agreed",
        f"14 September 2026 14 September 2026 Sam Whitlock Plan {plans[0]}, version 1, was agreed",
        "Sam Whitlock Meeting about plan",
        "Priya Nair Parents involved. No headway. Decided by Both",
        f"12 October 2026 12 October 2026 Sam Whitlock Plan {plans[0]} was reviewed: Finished, goals met",
    ]
    assert [part for part in found if part not in words] == []
    assert [leak for leak in ("canary", "Consultation, face", "For clinicians only") if leak in words] == []


def test_that_of_clinicians_says_that_consultations_took_place(client, sign_in, priya, case):
    refer(case, priya)
    words = paper_of(sign_in(client, priya), case, "chronology")
    assert "Chronology For clinicians only Reference" in words
    assert "Priya Nair Consultation, face to face, 50 minutes" in words
    assert "Referral to canary-clinic: accepted, waiting to be seen. canary-feedback" in words
    assert [name for name in SECRET if f"canary-{name}" in words] == []
    assert "canary-note" not in words


def test_a_paper_that_tells_of_a_referral_closes_with_the_leave_to_refer(
    client, sign_in, sam, priya, case, today
):
    refer(case, priya)
    answer(case, "refer_on", by=priya)
    words = paper_of(sign_in(client, sam), case, "chronology")
    assert "Referral to canary-clinic" in words
    paper = Paper.objects.get()
    assert paper.tells_of_referral
    consent = case.consents.get(purpose="refer_on")
    common = {"by": priya, "at": timezone.now(), "withdrawn_on": today}
    withdraw_consent(consent, opened_version=consent.version, **common)
    assert client.get(paper.get_absolute_url()).status_code == 404
    assert sign_in(client, priya).get(paper.get_absolute_url()).status_code == 200


def test_on_one_day_the_talk_stands_before_the_plan_that_came_of_it(client, sign_in, priya, make_plan):
    words = paper_of(sign_in(client, priya), make_plan("sent").case, "chronology")
    assert 0 < words.index("Consultation, face to face") < words.index("sent to the school to agree")
