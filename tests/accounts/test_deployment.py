"""The settings of production, as Django's own check for deployments sees them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from accounts.checks import workers_share_what_they_remember
from config.settings.databases import CACHE_IN_THE_DATABASE

# The settings, asked in a process of their own.
pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]
SET = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "0wq7-x2Lr9uVbN4tYzKc8sGd3hJf6mPaEi1oUkTvWn5yBqXeRl",
    "ALLOWED_HOSTS": "fortnight.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "NOTE_KEYS": "Zm9ydG5pZ2h0LWRlbW8tb25seS1ub3QtYS1zZWNyZXQ=",
    "HISTORY_KEYS": "Zm9ydG5pZ2h0LWRlbW8taGlzdG9yeS1ub3Qtc2VjcmU=",
    "BASE_URL": "https://fortnight.example",
    "DATABASE_URL": "sqlite:///:memory:",
}
ASK = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""


def run(*command, **changes):
    env = os.environ | SET | {"PYTHONPATH": str(ROOT / "site")} | changes
    # The browser tests need it, and a deployment must not have it.
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    how = {"capture_output": True, "text": True, "check": False, "timeout": 120}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, **how)


def check(**changes):
    return run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **changes)


def test_the_settings_of_production_are_clean():
    answer = check()
    assert (answer.returncode, answer.stderr, answer.stdout) == (
        0,
        "",
        "System check identified no issues (0 silenced).\n",
    )


def test_the_settings_of_the_demo_are_refused():
    answer = check(DJANGO_SETTINGS_MODULE="config.settings.dev")
    assert answer.returncode == 1
    assert "accounts.E001" in answer.stderr


@pytest.mark.parametrize("name", ["NOTE_KEYS", "HISTORY_KEYS"])
@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("", "There is none. A key is 32 bytes"),
        ("a password of some words", "Key 1 of 1 is not 32 bytes"),
        ("c2hvcnQ=", "Key 1 of 1 is not 32 bytes"),
        ("{good},{good}x", "Key 2 of 2 is not 32 bytes"),
        ("{good};{good}", "Key 1 of 1 is not 32 bytes"),
    ],
)
def test_it_does_not_start_with_a_key_of_another_form_and_does_not_print_it(name, keys, said):
    keys = keys.format(good=SET[name])
    answer = run("manage.py", "check", **{name: keys})
    assert answer.returncode == 1
    assert f"{name}: {said} in base64, as `manage.py new_" in answer.stderr
    assert not keys or keys not in answer.stderr


def test_no_variable_switches_the_second_factor_off_in_production():
    assert check(SECOND_FACTOR_REQUIRED="false").returncode == 0
    assert ask("SECOND_FACTOR_REQUIRED", SECOND_FACTOR_REQUIRED="false") == {"SECOND_FACTOR_REQUIRED": True}


def ask(*names, **changes):
    import json

    return json.loads(run("-c", ASK, *names, **changes).stdout)


def test_cookies_and_addresses_are_for_https_alone():
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT"]
    assert set(ask(*names).values()) == {True}
    assert ask("SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME") == {
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
    }


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "HISTORY_KEYS"])
def test_without_a_secret_or_an_address_it_does_not_start(name):
    env = {key: value for key, value in (os.environ | SET).items() if key != name}
    answer = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert answer.returncode != 0
    assert name in answer.stderr


def test_an_address_that_links_of_e_mails_lead_to_is_needed():
    assert ask("BASE_URL") == {"BASE_URL": "https://fortnight.example"}
    code = "import os; del os.environ['BASE_URL']; import config.settings.production"
    assert "Set the BASE_URL environment variable" in run("-c", code).stderr


@pytest.mark.parametrize("cache", ["locmemcache://", "filecache:///cache", "dummycache://"])
def test_a_cache_of_one_worker_alone_is_refused(cache):
    answer = check(CACHE_URL=cache)
    assert answer.returncode == 1
    assert "accounts.E002" in answer.stderr


@pytest.mark.parametrize("kept_in", ["cache", "file", "signed_cookies"])
def test_sessions_that_are_in_no_database_are_refused(settings, kept_in):
    settings.CACHES = {"default": CACHE_IN_THE_DATABASE}
    assert workers_share_what_they_remember(None) == []
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{kept_in}"
    assert [found.id for found in workers_share_what_they_remember(None)] == ["accounts.E003"]


def test_workers_share_the_cache_the_jobs_and_the_folder_of_uploads():
    shared = ask("CACHES", "TASKS")
    assert shared["CACHES"]["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert shared["TASKS"]["mail"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    redis = ask("CACHES", CACHE_URL="rediscache://cache.example:6379/1")["CACHES"]["default"]
    assert redis["LOCATION"] == "redis://cache.example:6379/1"
    code = "from django.conf import settings; print(settings.MEDIA_ROOT)"
    assert run("-c", code, MEDIA_ROOT="/shared/media").stdout == "/shared/media\n"


PRIMARY = {"DATABASE_URL": "postgres://fortnight:word@db.example:6432/fortnight"}


def test_behind_pgbouncer_nothing_outlives_a_transaction():
    plain = ask("DATABASES", **PRIMARY)["DATABASES"]["default"]
    pooled = ask("DATABASES", **PRIMARY, POOLED="true")["DATABASES"]["default"]
    assert (plain["DISABLE_SERVER_SIDE_CURSORS"], pooled["DISABLE_SERVER_SIDE_CURSORS"]) == (False, True)
    assert pooled["OPTIONS"]["prepare_threshold"] is None
    assert plain["OPTIONS"]["prepare_threshold"] is not None
    # `options`, and with it a server's timeouts, is what PgBouncer refuses at the start of a connection.
    assert set(pooled["OPTIONS"]) == {"connect_timeout", "tcp_user_timeout", "prepare_threshold"}
    assert (pooled["CONN_MAX_AGE"], pooled["CONN_HEALTH_CHECKS"]) == (3600, True)


def test_a_replica_is_one_more_address_and_none_by_itself():
    assert set(ask("DATABASES", **PRIMARY)["DATABASES"]) == {"default"}
    url = "postgres://fortnight:word@replica.example/fortnight"
    found = ask("DATABASES", **PRIMARY, REPLICA_URL=url)["DATABASES"]
    assert {name: one["HOST"] for name, one in found.items()} == {
        "default": "db.example",
        "replica": "replica.example",
    }
    # Nobody waits long for what the primary can answer as well.
    assert found["replica"]["OPTIONS"]["connect_timeout"] == 2
    refused = run("manage.py", "check", REPLICA_URL="sqlite:///copy.sqlite3")
    assert "REPLICA_URL: only PostgreSQL has replicas." in refused.stderr
