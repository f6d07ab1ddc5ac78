"""A worker that dies in the middle of a job loses no e-mail, and the weekly e-mails go on."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery
from accounts.services import take_up_jobs
from accounts.services.jobs import LONGEST
from consultations.services import plan_next_digests

AWAY = "django.db.utils.OperationalError"


def begun(minutes_ago):
    """The worker marked the only job as its own and died before it did anything."""
    job = DBTaskResult.objects.get()
    job.claim("dead")
    job.started_at -= timedelta(minutes=minutes_ago)
    job.save()
    return job


@pytest.fixture
def command(work, monkeypatch):
    """The command of the README, for what is due. It takes over Ctrl-C, which belongs to the tests."""
    monkeypatch.setattr("signal.signal", lambda *args: None)

    def run():
        options = ("--backend", "mail", "--queue-name", "mail", "--batch", "--no-startup-delay")
        call_command("db_worker", *options)

    return run


def test_an_e_mail_whose_worker_died_before_its_first_try_is_sent(invite, mailoutbox, command):
    invite()
    begun(minutes_ago=11)
    command()
    assert (len(mailoutbox), Delivery.objects.get().state) == (1, "sent")


def test_a_job_that_is_being_done_is_left_to_its_worker(invite, mailoutbox, command):
    invite()
    begun(minutes_ago=9)
    command()
    assert (len(mailoutbox), DBTaskResult.objects.get().status) == (0, "RUNNING")


def test_a_job_that_failed_because_the_database_was_away_is_done_again(invite, mailoutbox, command):
    invite()
    job = begun(minutes_ago=0)
    job.status, job.exception_class_path = "FAILED", AWAY
    job.save()
    command()
    assert len(mailoutbox) == 1


def test_a_job_that_failed_by_its_own_fault_stays_failed(invite, mailoutbox, command):
    invite()
    job = begun(minutes_ago=11)
    job.set_failed(ValueError("a fault"))
    command()
    assert (len(mailoutbox), DBTaskResult.objects.get().status) == (0, "FAILED")


def test_what_was_done_is_not_sent_again_because_its_worker_died_after_it(invite, mailoutbox, work):
    invite()
    work()
    done = DBTaskResult.objects.get(status="SUCCESSFUL")
    done.status, done.started_at = "RUNNING", timezone.now() - 2 * LONGEST
    done.save()
    assert take_up_jobs(at=timezone.now()) == 1
    work()
    assert len(mailoutbox) == 1


def test_the_weekly_e_mails_go_on_when_a_worker_died_over_them(service, command):
    plan_next_digests(at=timezone.now())
    job = begun(minutes_ago=11)
    command()
    assert DBTaskResult.objects.get(pk=job.pk).status == "SUCCESSFUL"
    assert DBTaskResult.objects.filter(task_path=job.task_path, status="READY").count() == 1
