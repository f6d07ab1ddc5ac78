"""Tellings written down before the record said by whom: history knows."""

from importlib import import_module

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from consultations.models import SafeguardingMatter
from consultations.services import change_school_reference, record_telling

NAME = "0012_write_who_told"


def test_whoever_wrote_the_telling_down_is_who_told(make_consultation, priya, femi):
    told, still_open = (make_consultation(risk="to_tell").safeguarding for _ in range(2))
    told = record_telling(told, told_name="Femi", told_at=timezone.now(), how="phone", by=priya)
    change_school_reference(told, reference="SG-1", by=femi, opened_version=told.version)
    apps = MigrationLoader(connection, replace_migrations=False).project_state([("consultations", NAME)]).apps
    apps.get_model("consultations", "SafeguardingMatter").objects.update(told_by=None)

    import_module(f"consultations.migrations.{NAME}").write_who_told(apps, None)

    found = SafeguardingMatter.objects.order_by("pk").values_list("pk", "told_by")
    assert list(found) == [(told.pk, priya.pk), (still_open.pk, None)]
