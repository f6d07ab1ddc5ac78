"""A case that went on at another school: to the one before, only what is heard of a referral is added."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleRow
from consultations.models import Purpose, Referral
from consultations.services import (
    NewConsent,
    ask_for_change,
    make_referral,
    move_case,
    move_stage,
    recall_share,
    share_consultation,
    share_plan_again,
    update_referral,
)
from tests.cast import school_staff
from tests.consents import answer, refuse
from tests.filling import main_text
from tests.places import new_person

from .conftest import date_boxes

WENT_ON = "This child changed school. The case goes on there."
HEARD = "They will see the child in June."


@pytest.fixture
def moved(make_plan, make_consultation, another_school, priya, today):
    """A plan that was shared and closed to the school again; its case then went on elsewhere."""
    plan = make_plan("sent", consultation=make_consultation(next_step="start_plan"))
    recall_share(plan.shares.get(), by=priya, at=timezone.now())
    now = {"by": priya, "on": today, "at": timezone.now()}
    move_case(plan.case, another_school, NewConsent("parent", "phone", today), **now)
    plan.refresh_from_db()
    return plan


def test_it_is_not_opened_again(moved, priya, today):
    moved.case.refresh_from_db()
    opened = {"opened_version": moved.case.version, "at": timezone.now(), "by": priya, "moved_on": today}
    with pytest.raises(ValidationError, match=WENT_ON):
        move_stage(moved.case, "in_school", reason="A slip", decided_by="Us", **opened)


def test_no_text_is_shared_with_the_school_before(moved, priya):
    talk = moved.consultation
    with pytest.raises(ValidationError, match=WENT_ON):
        share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    with pytest.raises(ValidationError):
        share_plan_again(moved, by=priya, at=timezone.now())
    assert list(moved.case.shares.open_on(timezone.localdate())) == []


@pytest.fixture
def gone(make_plan, make_consultation, another_school, priya, today):
    """A plan that waited to be agreed, and an open referral, of a case that then went on elsewhere."""
    plan = make_plan("sent", consultation=make_consultation(next_step="start_plan"))
    answer(plan.case, Purpose.REFER_ON, by=priya)
    said = {"to": "A team", "feedback": "They were asked.", "longer_term": False, "by": priya}
    make_referral(plan.case, made_on=today, due_on=today, at=timezone.now(), **said)
    now = {"by": priya, "on": today, "at": timezone.now()}
    move_case(plan.case, another_school, NewConsent("parent", "phone", today), **now)
    return plan


@pytest.fixture
def hear(priya, today):
    """Write down what was heard of the referral of a plan's case."""

    def write(plan, by=priya):
        referral = plan.case.referrals.get()
        heard = {"status": "accepted", "heard_on": today, "due_on": today, "feedback": HEARD}
        opened = {"at": timezone.now(), "opened_version": referral.version}
        return update_referral(referral, **heard, by=by, **opened)

    return write


def test_its_clinicians_still_write_down_what_is_heard_of_a_referral(gone, tab, priya, today):
    referral = gone.case.referrals.get()
    url = reverse("consultations:referral-update", args=[referral.pk])
    form = tab(priya, url, status="accepted", feedback=HEARD, **date_boxes("due_on", today))
    assert "Staff at Quillbrook Primary School cannot read it" in main_text(form.page)
    answered = form.send()
    assert answered.url == gone.case.get_absolute_url()
    page = form.client.get(answered.url)
    assert HEARD in main_text(page)
    assert url in page.text
    referral.refresh_from_db()
    assert referral.status == "accepted"


def test_the_school_before_reads_what_it_was_told_and_nothing_new(gone, hear, client, sign_in, sam):
    case = gone.case.get_absolute_url()
    pages = [case, f"{case}timeline/", f"{case}chronology/", f"{gone.get_absolute_url()}paper/"]
    sign_in(client, sam)
    before = [main_text(client.get(page)) for page in pages]
    assert "They were asked." in before[0]
    hear(gone)
    assert [main_text(client.get(page)) for page in pages] == before


def test_a_paper_for_the_school_before_tells_nothing_new(gone, hear, client, sign_in, priya):
    url = f"{gone.get_absolute_url()}paper/"
    before = main_text(sign_in(client, priya).get(url))
    hear(gone)
    assert main_text(client.get(url)) == before


def test_what_was_heard_before_it_moved_was_told_also_after_it_was_closed_once(
    make_plan, make_review, hear, another_school, client, sign_in, sam, priya, today
):
    plan = make_plan("agreed")
    make_review(plan, overall="stopped")
    answer(plan.case, Purpose.REFER_ON, by=priya)
    said = {"to": "A team", "feedback": "They were asked.", "longer_term": False, "by": priya}
    make_referral(plan.case, made_on=today, due_on=today, at=timezone.now(), **said)
    for stage in ("closed", "in_school"):
        plan.case.refresh_from_db()
        step = {"moved_on": today, "reason": "So", "decided_by": "Us", "by": priya, "at": timezone.now()}
        move_stage(plan.case, stage, opened_version=plan.case.version, **step)
    hear(plan)
    now = {"by": priya, "on": today, "at": timezone.now()}
    move_case(plan.case, another_school, NewConsent("parent", "phone", today), **now)
    assert HEARD in main_text(sign_in(client, sam).get(plan.case.get_absolute_url()))


def test_the_next_school_is_told_of_no_referral(gone, hear, make_plan, owen, admin_person, client, sign_in):
    hear(gone)
    new = gone.case.moved_to
    answer(new, Purpose.SHARE_PLAN, by=owen)
    answer(new, Purpose.REFER_ON, by=owen)
    make_plan("sent", case=new, by=owen)
    kind = RoleRow.Kind.LINK_STAFF
    nell = school_staff(new_person("Nell", "Barrow"), kind, new.partnership, "SENCO", by=admin_person)
    for person in (nell, owen):
        page = client_page(client, sign_in, person, new)
        assert [words for words in (HEARD, "A team", "They were asked.") if words in page] == []


def client_page(client, sign_in, person, case):
    answered = sign_in(client, person).get(case.get_absolute_url())
    assert answered.status_code == 200
    return main_text(answered)


def test_it_stays_among_the_overdue_until_it_is_over(gone, role_of, ruth, today):
    day = today + timedelta(days=1)
    assert list(Referral.objects.visible_to(role_of(ruth)).overdue(day)) == [gone.case.referrals.get()]


def test_who_hands_a_case_over_is_told_of_its_open_referrals(make_plan, client, sign_in, priya, today):
    case = make_plan("agreed").case
    url = reverse("consultations:case-move", args=[case.reference])
    sign_in(client, priya)
    assert "Open referrals" not in main_text(client.get(url))
    answer(case, Purpose.REFER_ON, by=priya)
    said = {"feedback": "They were asked.", "longer_term": False, "by": priya, "at": timezone.now()}
    for to in ("A team", "Another team"):
        make_referral(case, to=to, made_on=today, due_on=today, **said)
    over = case.referrals.get(to="Another team")
    heard = {"status": "ended", "heard_on": today, "due_on": None, "feedback": "Seen."}
    update_referral(over, **heard, by=priya, at=timezone.now(), opened_version=over.version)
    page = main_text(client.get(url))
    assert "Open referrals" in page
    assert "A team, made on" in page
    assert "Another team" not in page


def test_what_waited_is_not_sent_back_any_more(gone, sam):
    version = gone.versions.get()
    opened = {"by": sam, "at": timezone.now(), "opened_version": version.version}
    with pytest.raises(ValidationError, match="This plan has ended."):
        ask_for_change(version, change="Later", **opened)


def test_a_no_is_still_written_down_and_a_yes_is_not(gone, priya):
    refuse(gone.case, Purpose.OBSERVE, by=priya)
    with pytest.raises(ValidationError, match=WENT_ON):
        answer(gone.case, Purpose.DISCUSS_BY_NAME, by=priya)
