"""What docs/operations.md tells somebody to type is there: commands and their options, files, settings."""

import base64
import configparser
import gc
import hashlib
import re
import runpy
import shlex
from argparse import ArgumentError
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs" / "operations"
UNITS = sorted((OPERATIONS / "systemd").iterdir())
TEXTS = [ROOT / "README.md", ROOT / "docs" / "operations.md", *UNITS]
# At the start of a line of a block, after a program's path, or in a sentence's backquotes.
COMMAND = re.compile(r"(?:manage\.py|(?:^|`)\s*fortnight) ([a-z_]+[^`\n]*)", re.MULTILINE)
# A file beside this page, in backquotes.
FILE = re.compile(
    r"`((?:postgresql|fortnight|pgbouncer|nginx|gunicorn|away)[\w.-]*\.(?:conf|env|ini|html|py))`"
)
SETTING = re.compile(r"^([A-Z_]+)='", re.MULTILINE)
# Backups and the doctor come with docs/backups.md; until it is there their commands and settings are not.
NOT_YET = set() if (ROOT / "docs" / "backups.md").exists() else {"backup", "restore", "doctor"}
# Words where somebody puts what is theirs: a number, a code.
PLACES = {"CODE": "202", "DAYS": "30"}


def commands_in(text):
    """{what is typed after manage.py}, line by line."""
    return {found.strip() for found in COMMAND.findall(text)}


def known(typed):
    """Whether there is such a command and it takes these options."""
    name, *given = shlex.split(typed.rstrip(".,:;)"), comments=True)
    if name in NOT_YET:
        return True
    if name not in get_commands():
        return False
    given = [PLACES.get(word, word) for word in given if word not in "[]|&"]
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    try:
        parser.parse_args([word.strip("[]") for word in given])
    except (ArgumentError, CommandError):
        return False
    return True


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_command_exists_and_takes_what_it_is_given(path):
    assert [typed for typed in sorted(commands_in(path.read_text())) if not known(typed)] == []


def test_a_command_that_is_not_there_would_be_found():
    assert commands_in("```\nfortnight settle_tmie\n```") == {"settle_tmie"}
    assert not known("settle_tmie")
    assert not known("reconcile --quickly")
    assert known("reconcile")


def test_every_file_the_page_names_lies_beside_it():
    named = set(FILE.findall((ROOT / "docs" / "operations.md").read_text()))
    assert {path.name for path in OPERATIONS.iterdir() if path.is_file()} - {"fortnight"} == named


def test_every_timer_starts_a_service_and_every_service_runs_as_nobody_else():
    services = {path.stem for path in UNITS if path.suffix == ".service"}
    assert {path.stem for path in UNITS if path.suffix == ".timer"} < services
    page = (ROOT / "docs" / "operations.md").read_text()
    for path in UNITS:
        assert path.suffix != ".timer" or path.name in page
        unit = configparser.RawConfigParser(strict=False, allow_no_value=True)
        unit.optionxform = str
        unit.read(path)
        if path.suffix == ".service":
            assert unit["Service"]["User"] == "fortnight"
            assert unit["Service"]["ExecStart"].startswith(("/opt/fortnight/.venv/bin/", "/bin/mv "))


def test_a_worker_shares_what_was_there_before_it():
    config = runpy.run_path(str(OPERATIONS / "gunicorn.conf.py"))
    assert config["preload_app"]
    gc.unfreeze()
    try:
        config["pre_fork"](None, None)
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("name", ["fortnight.env", "fortnight-web.env"])
def test_every_variable_is_one_that_the_product_reads(name):
    source = "".join(path.read_text() for path in (ROOT / "site" / "config" / "settings").glob("*.py"))
    source += '"DJANGO_SETTINGS_MODULE"'
    found = SETTING.findall((OPERATIONS / name).read_text())
    assert found
    missing = [variable for variable in found if f'"{variable}"' not in source]
    assert missing == ([] if not NOT_YET else [name for name in found if name.startswith("BACKUP_")])


def test_nginx_shows_the_page_that_stands_in_for_gunicorn_whatever_was_sent_and_as_it_looks():
    (style,) = re.findall("<style>(.*)</style>", (OPERATIONS / "away.html").read_text(), re.DOTALL)
    sum_of_it = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    allowed = f"Content-Security-Policy \"default-src 'none'; style-src 'sha256-{sum_of_it}'\""
    settings = (OPERATIONS / "nginx.conf").read_text()
    assert allowed in settings
    # By a path, which it asks for with GET. A named location would keep the POST, and answer 405.
    assert "error_page 502 504 =503 /away.html;" in settings
