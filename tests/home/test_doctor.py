"""The doctor: each thing that can be wrong is seen to be found, and says how to mend it."""

import json
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from consultations.models import CaseLink
from home.backups import mark_good
from home.doctor import CHECKS, MENDING, OK, WARNING, clock, examined, places
from home.doctor.history import KEEP_IT
from web.last_runs import CHECK, note

pytestmark = pytest.mark.django_db
MAIL = {"backend_name": "mail", "queue_name": "mail", "args_kwargs": {"args": [], "kwargs": {}}}
DIGESTS, REMINDERS = "consultations.tasks.send_digests", "consultations.tasks.send_reminders"
ONE_MORE = "Zm9ydG5pZ2h0LW90aGVyLWtleS10ZXN0LW5vdC1zZWM="


@pytest.fixture
def ask():
    """(level, what it says) of one check. Of several findings the worst."""

    def found(about, **asked):
        asked = SimpleNamespace(**{"now": timezone.now(), "clock": "", "send_to": ""} | asked)
        findings = list(examined(about, CHECKS[about], asked))
        worst = max(findings, key=lambda finding: [OK, WARNING, MENDING].index(finding.level))
        return worst.level, f"{worst.said} {worst.mend}".strip()

    return found


def job(path=DIGESTS, status="READY", minutes=0, **times):
    """A job as the queue holds it, put there so many minutes ago."""
    row = DBTaskResult.objects.create(task_path=path, status=status, exception_class_path="", **MAIL, **times)
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=ago(minutes))


def ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


def test_every_check_is_asked_and_one_that_must_be_mended_makes_the_exit_1():
    told = StringIO()
    with pytest.raises(SystemExit) as leaving:
        call_command("doctor", "--json", stdout=told)
    assert leaving.value.code == 1
    found = json.loads(told.getvalue())
    assert {finding["about"] for finding in found} == CHECKS.keys()
    assert {finding["level"] for finding in found} == {OK, WARNING, MENDING}
    assert all(finding["mend"] for finding in found if finding["level"] != OK)


def test_settings_that_let_a_password_alone_in_must_be_mended(settings):
    assert "accounts.E001" in wrong_settings()
    settings.SECOND_FACTOR_REQUIRED = True
    found = wrong_settings()
    assert "accounts.E001" not in found
    assert found["security.W008"] == WARNING
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 0
    assert wrong_settings()["security.W004"] == MENDING


def wrong_settings():
    found = examined("Settings", CHECKS["Settings"], None)
    return {finding.said.split(":")[0]: finding.level for finding in found}


def test_a_database_that_is_away_is_said_once_and_the_others_refer_to_it(ask, monkeypatch):
    assert ask("Database") == (OK, f"{connection.display_name} {version()} answers.")

    def away(*args, **kwargs):
        raise OperationalError("could not connect to 10.0.0.7 as zq-secret")

    monkeypatch.setattr(connection, "cursor", away)
    level, said = ask("Database")
    assert (level, said[:24]) == (MENDING, "it cannot be reached. Is")
    assert ask("Worker") == (MENDING, "the database did not answer. Mend the line “Database” first.")


def version():
    return ".".join(map(str, connection.get_database_version()))


def test_a_migration_that_was_not_run_is_named(ask):
    assert ask("Migrations") == (OK, "all were run.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(name) FROM django_migrations WHERE app = 'accounts'")
        last = cursor.fetchone()[0]
        cursor.execute("DELETE FROM django_migrations WHERE app = 'accounts' AND name = %s", [last])
    level, said = ask("Migrations")
    assert level == MENDING
    assert f"the first is accounts.{last}." in said
    assert said.endswith("Make a backup, then run manage.py migrate.")


@pytest.mark.parametrize("due", [{}, {"run_after": timedelta(minutes=-11)}])
def test_a_job_that_waits_past_its_time_says_that_no_worker_runs(ask, due):
    DBTaskResult.objects.all().delete()
    job(minutes=9)
    job(minutes=600, run_after=timezone.now() + timedelta(days=2))
    job(minutes=600, run_after=ago(5))
    assert ask("Worker")[0] == OK
    job(minutes=11, **{name: timezone.now() + after for name, after in due.items()})
    level, said = ask("Worker")
    assert (level, said[:40]) == (MENDING, "1 job due for more than 10 minutes. Star")


def test_a_job_that_never_ends_is_a_warning(ask):
    DBTaskResult.objects.all().delete()
    job(status="RUNNING", started_at=ago(61))
    assert ask("Worker")[0] == WARNING


@pytest.mark.parametrize(
    ("about", "path", "command"),
    [("Weekly e-mails", DIGESTS, "queue_digests"), ("Visit reminders", REMINDERS, "queue_reminders")],
)
def test_a_look_that_nobody_planned_and_one_that_failed(ask, about, path, command):
    DBTaskResult.objects.all().delete()
    assert ask(about) == (MENDING, f"nobody looks who is due. Run manage.py {command} once.")
    job(path, run_after=timezone.now() + timedelta(days=1))
    assert ask(about) == (OK, "the first look is planned.")
    job(path, status="SUCCESSFUL", finished_at=ago(90))
    assert ask(about)[0] == OK
    job(path, status="FAILED", finished_at=ago(30))
    assert ask(about)[0] == WARNING


def test_old_jobs_that_nobody_clears_away(ask):
    job(status="SUCCESSFUL", finished_at=ago(60 * 24 * 20))
    assert ask("Old jobs")[0] == OK
    job(status="SUCCESSFUL", finished_at=ago(60 * 24 * 22))
    assert ask("Old jobs")[0] == WARNING


def test_the_mail_server_is_greeted_and_gets_nothing_until_it_is_asked_for(ask, mail_server, settings):
    assert ask("E-mail")[0] == OK
    assert mail_server.received == []
    assert ask("E-mail", send_to="ada@service.example")[0] == OK
    (letter,) = mail_server.received
    assert letter.to == ["ada@service.example"]
    settings.EMAIL_PORT = 1
    level, said = ask("E-mail")
    assert level == MENDING
    assert "refused us (ConnectionRefusedError). Check EMAIL_URL" in said


def test_e_mail_that_stays_on_the_machine_is_no_e_mail(ask, settings):
    assert ask("E-mail")[0] == WARNING
    settings.SECURE_SSL_REDIRECT = True
    assert ask("E-mail")[0] == MENDING


@pytest.mark.parametrize(("seconds", "words"), [(6, "6 seconds behind"), (-7, "7 seconds ahead of")])
def test_a_clock_that_is_off_by_more_than_five_seconds(ask, monkeypatch, seconds, words):
    monkeypatch.setattr(clock, "seconds_off_the_site", lambda address: seconds)
    level, said = ask("Clock", clock="https://time.example")
    assert level == MENDING
    assert f"this machine's is {words} that of https://time.example." in said
    monkeypatch.setattr(clock, "seconds_off_the_site", lambda address: 4)
    assert ask("Clock", clock="https://time.example")[0] == OK


def test_a_site_that_does_not_say_the_time_is_a_warning(ask):
    assert ask("Clock", clock="file:///etc/passwd")[0] == WARNING
    assert ask("Clock", clock="http://127.0.0.1:1/")[0] == WARNING


@pytest.mark.parametrize(("hours", "level"), [(1, OK), (27, WARNING), (51, MENDING)])
def test_a_backup_grows_old(ask, settings, tmp_path, hours, level):
    settings.BACKUP_DIR = tmp_path
    assert ask("Backup")[0] == MENDING
    mark_good(tmp_path / "one.backup", timezone.now() - timedelta(hours=hours))
    assert ask("Backup")[0] == level


@pytest.mark.parametrize(
    ("days", "found", "level"), [(7, 0, OK), (9, 0, WARNING), (16, 0, MENDING), (0, 3, MENDING)]
)
def test_a_check_of_the_history_grows_old_and_what_it_found_stays_said(
    ask, settings, tmp_path, days, found, level
):
    settings.BACKUP_DIR = tmp_path
    assert ask("History")[1].startswith("nobody has checked it yet. Run manage.py verify_history")
    note(CHECK, ago(60 * 24 * days), found=found)
    assert ask("History")[0] == level


def test_checking_the_whole_history_is_noted_and_checking_one_case_is_not(ask, settings, tmp_path, make_plan):
    settings.BACKUP_DIR, case = tmp_path, make_plan("agreed").case
    call_command("verify_history", case=case.reference, verbosity=0)
    assert ask("History")[0] == MENDING
    call_command("verify_history", verbosity=0)
    assert ask("History")[0] == OK
    with connection.cursor() as cursor:
        cursor.execute("UPDATE consultations_historicalgoal SET expected = 3")
    with pytest.raises(CommandError):
        call_command("verify_history", verbosity=0)
    level, said = ask("History")
    assert level == MENDING
    assert said.endswith(f", and 2 things found that nobody wrote. {KEEP_IT}")


@pytest.mark.parametrize(("key", "level"), [("", WARNING), ("a password", MENDING), (ONE_MORE, OK)])
def test_the_key_of_backups(ask, settings, key, level):
    settings.BACKUP_KEY = key
    assert ask("Backup key")[0] == level


def test_a_note_key_that_is_gone_is_missed(ask, settings, make_consultation):
    make_consultation(clinical_note="Private")
    assert ask("Note keys")[0] == OK
    before, settings.NOTE_KEYS = settings.NOTE_KEYS, [Fernet.generate_key().decode()]
    level, said = ask("Note keys")
    assert (level, "consultations.ClinicalNote," in said) == (MENDING, True)
    settings.NOTE_KEYS = [*settings.NOTE_KEYS, *before]
    assert ask("Note keys")[0] == OK


def test_a_history_key_that_is_gone_is_missed(ask, settings, make_consultation):
    make_consultation()
    assert CaseLink.objects.exists()
    assert ask("History keys")[0] == OK
    settings.HISTORY_KEYS = [ONE_MORE]
    level, said = ask("History keys")
    assert (level, "a key is missing in HISTORY_KEYS" in said) == (MENDING, True)


@pytest.mark.parametrize(
    ("about", "name"), [("Note keys", "DEMO_NOTE_KEY"), ("History keys", "DEMO_HISTORY_KEY")]
)
@pytest.mark.parametrize(("real", "level"), [(False, WARNING), (True, MENDING)])
def test_the_demos_keys_are_no_keys(ask, settings, about, name, real, level):
    settings.SECURE_SSL_REDIRECT = real
    setattr(settings, about.upper().replace(" ", "_"), [ONE_MORE, getattr(settings, name)])
    assert ask(about)[0] == level


@pytest.mark.parametrize(("free", "level"), [(50, OK), (5, WARNING), (2, MENDING)])
def test_a_disk_that_fills_up(ask, monkeypatch, free, level):
    usage = SimpleNamespace(total=100 * places.GIB, free=free * places.GIB)
    monkeypatch.setattr(places, "disk_usage", lambda path: usage)
    assert ask("Disk")[0] == level


def test_static_files_that_were_not_collected(ask, monkeypatch):
    assert ask("Static files")[0] == OK
    monkeypatch.setattr(places, "staticfiles_storage", SimpleNamespace(hashed_files={"web/app.js": "x"}))
    level, said = ask("Static files")
    assert level == MENDING
    assert said.endswith(places.COLLECT)
