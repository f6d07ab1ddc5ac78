from django.db import migrations
from django.db.models import Q
from django.utils import timezone

LEAD, HOLDER = "service_lead", "budget_holder"
COLUMNS = {LEAD: "kept_at", HOLDER: "taken_at"}


def write_when_taken(apps, schema_editor):
    """Of papers whose PDF was taken before the columns were there: when it was, as the audit has it."""
    for name in ("Statement", "Invoice"):
        papers = apps.get_model("schools", name).objects
        for paper in papers.select_related("agreement").iterator():
            first = taken_first(apps, paper, f"{name_of(paper)} {paper.number} as PDF")
            if first:
                papers.filter(pk=paper.pk).update(**first)


def taken_first(apps, paper, detail):
    """{column: when}, for the columns that are empty. What was taken since one was filled is in it already."""
    events = apps.get_model("accounts", "AuditEvent").objects
    events = events.filter(kind="exported", service=paper.service_id, detail=detail, at__gte=paper.made_at)
    since = [at for at in (paper.kept_at, paper.taken_at) if at]
    events = events.filter(at__lt=min(since)) if since else events
    found = {}
    for event in events.order_by("at", "pk"):
        for column in columns_of(apps, paper, event):
            found.setdefault(column, event.at)
    return {column: at for column, at in found.items() if not getattr(paper, column)}


def columns_of(apps, paper, event):
    """The side that took it, by the role that its person had then. Both where that was not one of the two."""
    day = timezone.localdate(event.at)
    here = Q(kind=LEAD, service=paper.service_id) | Q(kind=HOLDER, partnership=paper.agreement.payer_id)
    held = apps.get_model("accounts", "RoleRow").objects.filter(here, person=event.person_id)
    held = held.filter(Q(end_on=None) | Q(end_on__gt=day), start_on__lte=day)
    kinds = set(held.values_list("kind", flat=True))
    return [COLUMNS[kind] for kind in kinds] if len(kinds) == 1 else list(COLUMNS.values())


def name_of(paper):
    """As a paper called itself."""
    return paper.get_kind_display() if hasattr(paper, "kind") else "Statement"


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0061_lists_in_their_order"),
        ("accounts", "0004_audit_and_confirmed_roles"),
    ]

    operations = [migrations.RunPython(write_when_taken, migrations.RunPython.noop)]
