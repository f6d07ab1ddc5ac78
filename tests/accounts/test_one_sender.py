"""There is one sending layer: nothing of ours sends an e-mail but accounts/mail.py, and no package does."""

import ast

import pytest
from django.conf import settings
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.adapter import InvitedOnlyAdapter
from tests.test_import_order import ROOMS, ROOT, modules

SENDER = "site/accounts/mail.py"
MODULES = ("django.core.mail", "smtplib", "wagtail.admin.mail")
CALLS = {"send_mail", "send_mass_mail", "mail_admins", "mail_managers", "email_user", "send_messages"}


def sending(path):
    """Lines of a module that import or call what sends e-mail."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(module=str(module)):
                names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
            case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
                names = [MODULES[0]] if name in CALLS else []
            case _:
                continue
        if any(name == module or name.startswith(f"{module}.") for name in names for module in MODULES):
            yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"


def test_only_the_sending_layer_sends():
    found = [line for room in ROOMS for path in modules(room) for line in sending(path)]
    assert {line.split(":")[0] for line in found} == {SENDER}


def test_an_e_mail_of_allauth_that_is_not_ours_is_refused():
    with pytest.raises(LookupError, match="There is no e-mail of ours"):
        InvitedOnlyAdapter().send_mail("account/email/unknown_account", "x@school.example", {})


def test_no_package_sends_e_mails_of_its_own():
    """Error reports to ADMINS would hold what was sent to a page; Wagtail's name pages and people."""
    assert (settings.ADMINS, settings.MANAGERS) == ([], [])
    signals = [task_submitted, workflow_submitted, workflow_rejected, workflow_approved]
    assert [signal.receivers for signal in signals] == [[], [], [], []]
    assert not settings.WAGTAILADMIN_COMMENTS_ENABLED
    assert not settings.WAGTAIL_PASSWORD_RESET_ENABLED


def test_our_jobs_wait_in_a_queue_of_their_own_and_the_librarys_run_at_once():
    assert {name: backend["BACKEND"].split(".")[-1] for name, backend in settings.TASKS.items()} == {
        "default": "ImmediateBackend",
        "mail": "DatabaseBackend",
    }
