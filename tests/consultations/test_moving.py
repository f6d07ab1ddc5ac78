"""A child changes school: the case closes here, and a new one with a consent of its own goes on there."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Reading, RoleRow
from accounts.services import end_role, save_tracked
from consultations.models import Case, CaseHandover, Plan, PlanReader, Share
from consultations.services import NewConsent, give_plan_to_reader, move_case, open_case
from tests.cast import Kind, clinician, school_staff
from tests.filling import banners, main_text, problems
from tests.places import new_person
from tests.plans import as_it_is_now
from tests.records import named_child, no_names_child, whole_class

NOTE = "Ask about the move. canary-hand-7Q"
BY_NAME = ("discuss_by_name",)


@pytest.fixture
def case(make_consultation, calendar):
    return make_consultation(about=named_child(first_name="Ottilie")).case


@pytest.fixture
def move(another_school, priya, today):
    def make(case, to=another_school, by=priya, **more):
        consent = NewConsent("parent", "phone", today, purposes=more.pop("purposes", BY_NAME))
        at = {"by": by, "on": today, "at": timezone.now()}
        return move_case(case, to, more.pop("consent", consent), **at, **more)

    return make


def url_of(case):
    return reverse("consultations:case-move", args=[case.reference])


def test_the_new_case_has_the_child_and_a_consent_of_its_own_and_nothing_else(
    case, make_plan, move, another_school, today
):
    make_plan("agreed", case=case)
    new = move(case, note=NOTE)
    assert (new.partnership, new.moved_from, new.opened_on) == (another_school, case, today)
    assert (new.full_name, new.lane, new.stage) == ("Ottilie Underhay", "named", "in_school")
    assert list(new.consents.values_list("purpose", "given_on")) == [("discuss_by_name", today)]
    assert (new.shares.count(), new.plans.count(), new.consultations.count()) == (0, 0, 0)
    assert new.history.get().history_change_reason == f"Goes on from {case.reference}"


def test_the_older_case_closes_and_its_plan_stops_with_a_reason(case, make_plan, move, priya, tess, today):
    plan = make_plan("agreed", case=case)
    move(case)
    case.refresh_from_db()
    stopped = Plan.objects.get(pk=plan.pk)
    assert (case.stage, stopped.ending, stopped.ended_on, stopped.review_on) == (
        *("closed", "stopped", today, None),
    )
    (row,) = case.moves.values_list("stage", "moved_on", "reason", "written_by")
    assert row == ("closed", today, "Moved to another school", priya.pk)
    assert stopped.history.first().history_change_reason == "Moved to another school"


def test_what_was_shared_with_the_older_school_stays_open_there(case, make_plan, move, client, sign_in, sam):
    plan = make_plan("agreed", case=case)
    before = set(Share.objects.open().values_list("pk", flat=True))
    move(case)
    assert set(Share.objects.open().values_list("pk", flat=True)) == before != set()
    page = sign_in(client, sam).get(case.get_absolute_url())
    assert page.status_code == client.get(plan.get_absolute_url()).status_code == 200
    assert "This case is closed." in main_text(page)


def test_link_staff_of_the_older_school_are_told_only_that_it_is_closed(
    case, make_plan, move, client, sign_in, sam, another_school
):
    make_plan("agreed", case=case)
    new = move(case, note=NOTE)
    page = sign_in(client, sam).get(case.get_absolute_url()).text
    assert [w for w in (str(another_school.school), new.reference, "canary-hand-7Q") if w in page] == []


def test_the_new_school_sees_nothing_until_something_is_shared_there(
    case, move, another_school, admin_person, client, sign_in
):
    nell = school_staff(
        new_person("Nell", "Barrow"), Kind.LINK_STAFF, another_school, "SENCO", by=admin_person
    )
    new = move(case, note=NOTE)
    sign_in(client, nell)
    for older_or_newer in (case, new):
        assert client.get(older_or_newer.get_absolute_url()).status_code == 404


def test_the_older_page_does_not_offer_to_open_it_again(case, move, client, sign_in, priya):
    stage = reverse("consultations:case-stage", args=[case.reference])
    sign_in(client, priya)
    assert stage in client.get(case.get_absolute_url()).text
    move(case)
    assert stage not in client.get(case.get_absolute_url()).text


PAGES_OF_A_CASE = ["", "timeline/", "access/", "evidence/", "chronology/"]
PAGES_OF_A_PLAN = ["", "history/", "versions/1/", "versions/1/plan.pdf", "compare/", "plan.pdf", "paper/"]


def test_once_a_plan_is_shared_there_the_new_school_reads_that_alone(
    case, make_plan, make_review, move, another_school, owen, admin_person, client, sign_in
):
    """Every door of both cases: the older ones stay shut, and none of the newer ones tells of the older."""
    older = make_plan("agreed", case=case, concern="canary-concern-7Q")
    make_review(older, note="canary-review-7Q")
    nell = school_staff(
        new_person("Nell", "Barrow"), Kind.LINK_STAFF, another_school, "SENCO", by=admin_person
    )
    new = move(case, purposes=("discuss_by_name", "share_plan"), note=NOTE)
    newer = make_plan("sent", case=new, by=owen, concern="canary-shared-7Q")
    sign_in(client, nell)
    shut = [case.get_absolute_url() + page for page in PAGES_OF_A_CASE]
    shut += [older.get_absolute_url() + page for page in PAGES_OF_A_PLAN]
    assert {client.get(page).status_code for page in shut} == {404}
    pages = [client.get(new.get_absolute_url() + page) for page in PAGES_OF_A_CASE]
    pages += [client.get(newer.get_absolute_url() + page) for page in PAGES_OF_A_PLAN]
    assert {page.status_code for page in pages} == {200}
    told = "".join(text_of(page) for page in pages)
    assert "canary-shared-7Q" in told
    untold = ["canary-concern-7Q", "canary-review-7Q", "canary-hand-7Q", case.reference, older.reference]
    assert [words for words in [*untold, "Quillbrook"] if words in told] == []


def text_of(page):
    if page["Content-Type"] != "application/pdf":
        return page.text
    return "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.getvalue())).pages)


def test_clinicians_of_the_new_school_read_the_note_and_not_the_older_case(case, move, owen, client, sign_in):
    new = move(case, note=NOTE)
    page = sign_in(client, owen).get(new.get_absolute_url())
    assert "Goes on from another school." in main_text(page)
    assert NOTE in main_text(page)
    assert case.reference not in page.text
    assert "Quillbrook" not in page.text
    assert client.get(case.get_absolute_url()).status_code == 404


def test_who_works_at_both_schools_gets_from_one_case_to_the_other(
    case, move, quillbrook, another_school, admin_person, client, sign_in
):
    both = clinician(new_person("Asha", "Menon"), quillbrook, another_school, by=admin_person)
    new = move(case, by=both)
    page = sign_in(client, both).get(new.get_absolute_url())
    assert f"Goes on from another school: {case.reference} at Quillbrook Primary School." in main_text(page)
    assert f"as {new.reference} ." in main_text(client.get(case.get_absolute_url()))


def test_the_older_page_tells_its_clinicians_where_it_went_and_the_writer_reads_the_note_there(
    case, move, quillbrook, admin_person, client, sign_in, priya
):
    colleague = clinician(new_person("Asha", "Menon"), quillbrook, by=admin_person)
    new = move(case, note=NOTE)
    page = main_text(sign_in(client, priya).get(case.get_absolute_url()))
    assert "It went on at Tansy Hill Primary School on" in page
    assert NOTE in page
    assert new.reference not in page
    assert client.get(new.get_absolute_url()).status_code == 404
    page = main_text(sign_in(client, colleague).get(case.get_absolute_url()))
    assert "It went on at Tansy Hill Primary School on" in page
    assert "canary-hand-7Q" not in page


def test_the_writer_loses_the_note_with_the_link_to_the_older_school(case, move, priya, role_of, today):
    move(case, note=NOTE)
    role = role_of(priya)
    assert CaseHandover.objects.visible_to(role).count() == 1
    link = RoleRow.objects.get(person=priya, kind=RoleRow.Kind.LINK_CLINICIAN)
    end_role(link, end_on=today, by=priya, reason="Left")
    assert CaseHandover.objects.visible_to(role).count() == 0


def test_the_lead_reads_the_note_after_saying_why_and_it_is_written_down(case, move, ruth, client, sign_in):
    new = move(case, note=NOTE)
    url = reverse("consultations:case-handover", args=[new.reference])
    sign_in(client, ruth)
    for page in (new.get_absolute_url(), case.get_absolute_url(), url):
        assert "canary-hand-7Q" not in client.get(page).text
    assert url in client.get(new.get_absolute_url()).text
    assert problems(client.post(url, {"reason": ""})) == ["Enter why you need to read it"]
    assert NOTE in main_text(client.post(url, {"reason": "A complaint."}))
    (row,) = Reading.objects.filter(door="consultations:case-handover", reason="A complaint.")
    assert row.person == ruth


def test_the_service_refuses_them_too(case, move, quillbrook, other_service_school):
    for partnership, said in (
        (quillbrook, "Select another school. This case is at Quillbrook Primary School already"),
        (other_service_school, "Select a school that your service works with"),
    ):
        with pytest.raises(ValidationError) as refused:
            move(case, to=partnership)
        assert refused.value.message_dict == {"school": [said]}


@pytest.mark.parametrize("about", [no_names_child(), whole_class()])
def test_only_a_child_by_name_moves(make_consultation, move, about, client, sign_in, priya):
    case = make_consultation(about=about).case
    said = "Only a case about one child by name can go on at another school"
    with pytest.raises(ValidationError, match=said):
        move(case)
    page = sign_in(client, priya).get(url_of(case), follow=True)
    assert banners(page) == [f"{said}."]
    assert url_of(case) not in page.text


def test_an_open_matter_is_told_first(make_consultation, move, client, sign_in, priya):
    case = make_consultation(risk="to_tell").case
    with pytest.raises(ValidationError) as refused:
        move(case)
    assert refused.value.message_dict == {"school": ["Tell the safeguarding lead first, and record it"]}
    assert not Case.objects.filter(moved_from=case).exists()


def test_a_closed_case_does_not_move(case, move, priya):
    case.stage = Case.Stage.CLOSED
    save_tracked(case, by=priya, reason="Closed")
    with pytest.raises(ValidationError, match="This case is closed"):
        move(case)


def test_without_a_new_consent_nothing_is_moved(case, move, today):
    for consent in (None, NewConsent("parent", "phone", today, purposes=("share_plan",))):
        with pytest.raises(ValidationError, match="Say who agreed"):
            move(case, consent=consent)
    case.refresh_from_db()
    assert (case.stage, Case.objects.count()) == ("in_school", 1)


def test_the_year_group_has_gone_on_since_the_case_was_opened(quillbrook, priya, today):
    then = today.replace(year=today.year - 3, day=1)
    consent = NewConsent("parent", "phone", then)
    case = open_case(quillbrook, named_child(consent=consent), by=priya, on=then)
    assert case.year_group_on(today) == 7


def test_the_plan_reader_carries_nothing_out_any_more(case, make_plan, move, tess, sam, client, sign_in):
    plan = make_plan("agreed", case=case)
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    url = reverse("consultations:carrying-out", args=[plan.reference])
    assert "side door" in sign_in(client, tess).get(url).text
    move(case)
    assert "side door" not in client.get(url).text
    assert PlanReader.objects.count() == 1
    assert as_it_is_now(plan).ending == "stopped"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_move_it_once(quillbrook, another_school, priya, today, move):
    case = open_case(quillbrook, named_child(), by=priya, on=today)

    def press(note):
        try:
            return move(case, note=note)
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(press, ["One", "Two"]))
    assert Case.objects.filter(moved_from=case).count() == 1
    assert CaseHandover.objects.count() == 1
    assert "This case went on at another school already" in found
