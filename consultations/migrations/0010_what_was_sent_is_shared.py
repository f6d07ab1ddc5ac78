"""Versions sent before sharing was written down stay open to the school, on the consent they were sent on."""

import secrets

from django.db import migrations

ALPHABET = "BCDFGHJKLMNPQRSTVWXYZ23456789"


def reference():
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"S-{drawn[:4]}-{drawn[4:]}"


def share(apps, schema_editor):
    versions = apps.get_model("consultations", "PlanVersion").objects
    for version in versions.filter(sent_at__isnull=False).select_related("plan__case").order_by("pk"):
        open_to(apps, version, "link_staff", version.sent_at, version.sent_by_id)
        if version.status == "agreed":
            open_to(apps, version, "plan_readers", version.agreed_at, version.agreed_by_id)


def open_to(apps, version, audience, at, by):
    plan = version.plan
    consent = plan.case.consents.order_by("-pk").first() if plan.case.lane == "named" else None
    if plan.case.lane == "named" and consent is None:
        return
    values = {
        "version": 1,
        "reference": reference(),
        "case_id": plan.case_id,
        "partnership_id": plan.partnership_id,
        "plan_id": plan.pk,
        "plan_version_id": version.pk,
        "audience": audience,
        "number": version.number,
        "basis": "consent" if consent else "no_names",
        "consent_id": consent and consent.pk,
        "shared_at": at,
        "shared_by_id": by,
    }
    row = apps.get_model("consultations", "Share").objects.create(**values)
    apps.get_model("consultations", "HistoricalShare").objects.create(
        id=row.pk,
        history_date=at,
        history_type="+",
        history_user_id=by,
        history_change_reason="Shared before sharing was written down",
        **values,
    )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0009_when_risks_were_written")]
    operations = [migrations.RunPython(share, migrations.RunPython.noop)]
