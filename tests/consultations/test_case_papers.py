"""The evidence pack and the chronology: whom they are for, and when they close."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.services import save_tracked
from consultations.models import Paper, ParentsMeeting, Referral, ReferralUpdate
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
