"""Sending e-mails through the queue to a mail server: once, again when refused, and given up."""

from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery
from accounts.services import claim_delivery, end_role, queue_email
from accounts.services.deliveries import MOST_TRIES, WAITS
from tests.post import INVITED, TOKEN_URL

State = Delivery.State


def log():
    return [(row.state, row.tries, row.last_error) for row in Delivery.objects.order_by("pk")]


def test_an_e_mail_reaches_the_server_once_and_the_log_says_when(invite, mail_server, work):
    delivery = invite()
    assert log() == [(State.WAITING, 0, "")]
    work()
    work()
    (letter,) = mail_server.received
    assert (letter.to, letter.message["Subject"]) == (
        [INVITED],
        "You have been invited to Willowmere CAMHS in Schools",
    )
    assert letter.message["Message-ID"] == f"<{delivery.key}@localhost>"
    assert log() == [(State.SENT, 1, "")]
    assert abs(timezone.now() - Delivery.objects.get().sent_at).total_seconds() < 60


def test_the_job_that_stood_by_for_a_next_try_sends_nothing_more(invite, mail_server, work, pass_time):
    invite()
    work()
    pass_time(WAITS[0])
    work()
    assert len(mail_server.received) == 1
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_server_that_refuses_for_a_while_is_asked_at_growing_intervals(
    invite, mail_server, work, pass_time
):
    invite()
    mail_server.refusals = 3
    work()
    for tries, wait in enumerate(WAITS[:3], start=1):
        assert (mail_server.asked, log()) == (tries, [(State.WAITING, tries, "SMTPDataError")])
        pass_time(wait - 0.5)
        work()
        assert mail_server.asked == tries
        pass_time(0.5)
        work()
    assert len(mail_server.received) == 1
    assert log() == [(State.SENT, 4, "")]


def test_a_server_that_never_takes_it_is_given_up_and_the_log_says_so(invite, mail_server, work, pass_time):
    invite()
    mail_server.refusals = 100
    work()
    for wait in WAITS:
        pass_time(wait)
        work()
    assert log() == [(State.GIVEN_UP, MOST_TRIES, "SMTPDataError")]
    pass_time(10 * WAITS[-1])
    work()
    assert mail_server.asked == MOST_TRIES
    assert Delivery.objects.get().link == ""


def test_no_server_at_all_is_a_try_like_any_other(invite, settings, work):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    invite()
    work()
    assert log() == [(State.WAITING, 1, "ConnectionRefusedError")]


def test_what_the_server_said_is_kept_nowhere(invite, mail_server, work, caplog):
    invite()
    mail_server.refusals = 1
    work()
    (delivery,) = Delivery.objects.values()
    assert (delivery.pop("address"), delivery.pop("link")) == (INVITED, TOKEN_URL)
    kept = f"{delivery} {list(DBTaskResult.objects.values())} {caplog.text}"
    assert "SMTPDataError" in caplog.text
    assert [word for word in (INVITED, "said about", "a-token", "Try again later") if word in kept] == []


def test_whoever_dies_after_sending_sends_it_again_but_not_for_ever(invite, mailoutbox, work, pass_time):
    """A claim that is never recorded is what a worker leaves that was killed."""
    delivery = invite()
    for wait in [*WAITS, WAITS[-1]]:
        assert claim_delivery(delivery.pk, at=timezone.now()) is not None
        pass_time(wait)
    work()
    assert (mailoutbox, log()) == ([], [(State.GIVEN_UP, MOST_TRIES, "TooManyTries")])


def test_what_a_dead_worker_left_is_sent_by_the_next(invite, mailoutbox, work, pass_time):
    delivery = invite()
    claim_delivery(delivery.pk, at=timezone.now())
    work()
    assert len(mailoutbox) == 0
    pass_time(WAITS[0])
    work()
    assert ([letter.to for letter in mailoutbox], log()) == ([[INVITED]], [(State.SENT, 2, "")])


def test_the_link_with_a_token_is_ciphertext_until_it_is_sent_and_then_gone(invite, mailoutbox, work):
    delivery = invite()

    def kept():
        with connection.cursor() as cursor:
            cursor.execute("SELECT link FROM accounts_delivery")
            return cursor.fetchone()[0]

    assert kept()
    assert "a-token" not in kept()
    work()
    assert "https://fortnight.example/invitation/a-token/\n" in mailoutbox[0].body
    assert (kept(), Delivery.objects.get(pk=delivery.pk).link) == ("", "")


def test_nothing_goes_to_an_account_that_was_closed_meanwhile(sam, mailoutbox, work):
    queue_email("password_reset", at=timezone.now(), person=sam, link="https://fortnight.example/reset/")
    sam.is_active = False
    sam.save()
    work()
    assert (mailoutbox, log()) == ([], [(State.GIVEN_UP, 0, "AccountClosed")])


def test_nothing_goes_to_a_role_that_ended_meanwhile(sam, role_of, make_plan, admin_person, today, work):
    make_plan("sent")
    end_role(role_of(sam), end_on=today, by=admin_person, reason="Left")
    work()
    assert (mail.outbox, log()) == ([], [(State.GIVEN_UP, 0, "RoleEnded")])


def test_an_invitation_past_its_last_day_is_not_sent(invite, today, mailoutbox, work):
    invite(until=today.replace(year=today.year - 1, day=1))
    work()
    assert (mailoutbox, log()) == ([], [(State.GIVEN_UP, 0, "TooLate")])


def test_when_the_transaction_is_rolled_back_there_is_no_e_mail(invite, mailoutbox, work):
    with transaction.atomic():
        invite()
        transaction.set_rollback(True)
    work()
    assert (mailoutbox, Delivery.objects.count(), DBTaskResult.objects.count()) == ([], 0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_command_of_the_readme_sends_what_was_committed(invite, mail_server, monkeypatch):
    # The command takes over Ctrl-C, which belongs to the tests.
    monkeypatch.setattr("signal.signal", lambda *args: None)
    invite()
    call_command("db_worker", "--backend", "mail", "--queue-name", "mail", "--batch", "--no-startup-delay")
    assert [letter.to for letter in mail_server.received] == [[INVITED]]


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_reach_for_one_e_mail_send_one(invite):
    delivery, got, start = invite(), [], Barrier(2)

    def reach():
        start.wait()
        try:
            got.append(claim_delivery(delivery.pk, at=timezone.now()))
        finally:
            connection.close()

    workers = [Thread(target=reach) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(claimed is None for claimed in got) == [False, True]
