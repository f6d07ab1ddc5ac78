"""A plan is sent: which link staff are e-mailed, once for each version, and what C7 says of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delivery, StaleVersion
from accounts.services import end_role, grant_role
from consultations.services import ask_for_change, change_plan, send_plan, withdraw_consent
from tests.filling import main_text
from tests.plans import newest
from tests.records import whole_class

EMAILED = "We have e-mailed the link staff that a plan is ready. The e-mail does not name the child."


def told():
    return [row.person.first_name for row in Delivery.objects.order_by("pk")]


def sent_page(client, plan):
    return main_text(client.get(reverse("consultations:plan-sent", args=[plan.reference])))


def press(client, plan):
    return client.post(
        reverse("consultations:plan-send", args=[plan.reference]), {"opened_version": newest(plan).version}
    )


def test_all_link_staff_of_the_school_are_told_and_nobody_else(cast, make_plan, mailoutbox, work):
    make_plan("sent")
    work()
    assert sorted(letter.to for letter in mailoutbox) == [[cast.dana.email], [cast.sam.email]]
    assert {(letter.subject, letter.body) for letter in mailoutbox} == {
        (
            "A plan is ready for you to agree",
            "There is 1 plan for you to read and agree at Quillbrook Primary School. Sign in to see it:\n\n"
            "http://127.0.0.1:8000/account/login/\n\n"
            "This e-mail does not include names to keep children's information safe.\n",
        )
    }


def test_it_reads_the_same_for_every_child(sam, make_plan, make_consultation, mailoutbox, work):
    make_plan("sent")
    make_plan("sent", consultation=make_consultation(about=whole_class(), next_step="start_plan"))
    work()
    assert len({(letter.subject, letter.body) for letter in mailoutbox}) == 1
    assert len(mailoutbox) == 2


def test_who_left_who_is_to_come_and_who_is_closed_are_not_told(
    quillbrook, sam, dana, role_of, make_plan, admin_person, django_user_model, today
):
    end_role(role_of(dana), end_on=today, by=admin_person, reason="Left")
    for name, starts, confirmed, active in [
        ("coming", today + timedelta(days=1), True, True),
        ("waiting", today, False, True),
        ("closed", today, True, False),
    ]:
        person = django_user_model.objects.create_user(f"{name}@cast.example", "x", is_active=active)
        grant_role(person, "link_staff", quillbrook, start_on=starts, by=admin_person, confirmed=confirmed)
    make_plan("sent")
    assert told() == ["Sam"]


def test_somebody_who_has_the_role_twice_is_told_once(quillbrook, sam, make_plan, admin_person, today):
    grant_role(sam, "link_staff", quillbrook, start_on=today, by=admin_person)
    make_plan("sent")
    assert told() == ["Sam"]


def test_pressing_send_twice_sends_one(client, sign_in, priya, sam, make_plan, mailoutbox, work):
    plan = make_plan("draft")
    sign_in(client, priya)
    press(client, plan)
    press(client, plan)
    work()
    work()
    assert (told(), len(mailoutbox)) == (["Sam"], 1)


def test_a_stale_send_tells_nobody(priya, sam, make_plan):
    version = newest(make_plan("draft"))
    with pytest.raises(StaleVersion):
        send_plan(version, by=priya, at=timezone.now(), opened_version=version.version + 1)
    assert told() == []


def test_a_sending_that_is_rolled_back_tells_nobody(priya, sam, make_plan, mailoutbox, work):
    version = newest(make_plan("draft"))
    with transaction.atomic():
        send_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
        assert told() == ["Sam"]
        transaction.set_rollback(True)
    work()
    assert (told(), mailoutbox) == ([], [])


def test_a_plan_that_no_consent_carries_is_not_sent_and_tells_nobody(priya, sam, make_plan):
    plan = make_plan("draft")
    version = newest(plan)
    at = timezone.now()
    for consent in plan.case.consents.all():
        day = timezone.localdate(at)
        withdraw_consent(consent, by=priya, at=at, withdrawn_on=day, opened_version=consent.version)
    with pytest.raises(ValidationError):
        send_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    assert told() == []


def test_the_next_version_is_told_again(priya, sam, make_plan, plan_content):
    plan = make_plan("sent")
    first = newest(plan)
    ask_for_change(first, by=sam, at=timezone.now(), change="Shorter", opened_version=first.version)
    content = plan_content(plan.partnership, priya, why_changed="Shorter")
    at = timezone.now()
    second = change_plan(plan, content, by=priya, at=at, opened_version=plan.version)
    send_plan(second, by=priya, at=at, opened_version=second.version)
    assert told() == ["Sam", "Sam"]


def test_the_page_says_that_link_staff_were_e_mailed(client, sign_in, priya, sam, make_plan):
    plan = make_plan("draft")
    sign_in(client, priya)
    press(client, plan)
    assert EMAILED in sent_page(client, plan)


def test_with_nobody_to_e_mail_the_page_does_not_say_so(client, sign_in, priya, make_plan):
    plan = make_plan("draft")
    sign_in(client, priya)
    press(client, plan)
    assert "Plan sent" in sent_page(client, plan)
    assert "mailed" not in sent_page(client, plan)


def test_an_e_mail_that_was_given_up_is_not_said_to_be_sent(client, sign_in, priya, sam, make_plan):
    plan = make_plan("sent")
    Delivery.objects.update(state="given_up")
    assert "mailed" not in sent_page(sign_in(client, priya), plan)


@pytest.fixture
def changed(make_plan, school_change, work, mailoutbox, sam):
    """What the school changed, when the e-mails about the plan before are sent."""
    plan = make_plan("agreed")
    work()
    mailoutbox.clear()
    return school_change(plan)


def test_a_change_by_the_school_is_told_to_its_clinicians_and_nobody_else(cast, changed, mailoutbox, work):
    work()
    assert [letter.to for letter in mailoutbox] == [[cast.priya.email]]
    assert [(letter.subject, letter.body) for letter in mailoutbox] == [
        (
            "A plan is ready for you to agree",
            "There is 1 plan for you to read and agree at Quillbrook Primary School. Sign in to see it:\n\n"
            "http://127.0.0.1:8000/account/login/\n\n"
            "This e-mail does not include names to keep children's information safe.\n",
        )
    ]


def test_a_change_by_the_school_that_is_refused_tells_nobody(priya, make_plan, school_change):
    plan = make_plan("agreed")
    before = told()
    with pytest.raises(ValidationError):
        school_change(plan, review_on=plan.review_on)
    assert told() == before


def test_a_clinician_who_left_the_school_is_not_told(
    quillbrook, priya, role_of, sam, make_plan, school_change, admin_person, today
):
    plan = make_plan("agreed")
    link = priya.roles.get(kind="link_clinician", partnership=quillbrook)
    end_role(link, end_on=today, by=admin_person, reason="Left")
    before = told()
    school_change(plan)
    assert told() == before


def test_the_change_waits_on_today_and_in_the_list(client, sign_in, priya, changed):
    sign_in(client, priya)
    assert "1 change by a school waits for you to agree" in main_text(client.get("/today/"))
    page = main_text(client.get("/plans/?status=with_clinician"))
    assert changed.plan.reference in page
    assert "With the clinician" in page
