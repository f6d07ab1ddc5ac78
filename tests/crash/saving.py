"""Saving one talk after another, and looking afterwards whether each is there, whole and once."""

import json
from contextlib import contextmanager
from io import StringIO

import environ
from django.core.management import call_command
from django.db import connection

from accounts.models import UsedFormKey
from consultations.models import Case, Consultation, ConsultationPerson, ConsultationTheme, Draft


def log_talks(form, numbers, after_each):
    """{what was typed: (the key of its form, where the answer led)} of one person's talks."""
    saved = {}
    for number in numbers:
        form.new_keys()
        typed = form.data["concern"] = f"Talk {number}: cries at the gate."
        form.keep_draft()
        answer = form.save()
        saved[typed] = (form.data["form_key"], json.loads(answer.content)["to"])
        after_each()
    return saved


def answer_of(command):
    said = StringIO()
    call_command(command, verbosity=0, stdout=said)
    return said.getvalue().strip()


def everything_is_whole(saved):
    """Each talk with its parts, its history and its spent key, no half of one, and no draft left over."""
    written = Consultation.objects.values_list("concern", "reference")
    assert sorted(written) == sorted((typed, led_to.split("/")[2]) for typed, (_, led_to) in saved.items())
    keys = [key for key, _ in saved.values()]
    assert UsedFormKey.objects.filter(pk__in=keys).count() == UsedFormKey.objects.count() == len(saved)
    assert not Draft.objects.filter(key__in=keys).exists()
    for model in (Case, ConsultationTheme, ConsultationPerson):
        assert model.objects.count() == len(saved)
    assert answer_of("verify_history") == "Everything is as it was written."
    assert answer_of("reconcile") == "0 differences."


@contextmanager
def looking_into(database_url):
    """What this process asks its database goes to another one of the same kind."""
    own = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(environ.Env.db_url_config(database_url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(own)
