"""What the service owes its schools, in words. It belongs to a school, whatever pots its lines stand in."""

from django.db.models import OuterRef, Subquery, Sum, Value

from schools.models import Agreement, AgreementSchool, Partnership, TimeEntry
from schools.sentences import owed_label
from schools.services.owed import owed_on
from web.prepared import prepared

ITS_SCHOOLS = AgreementSchool.objects.filter(agreement=OuterRef(OuterRef("agreement")))
# Of a row of AgreementSchool: minutes owed to all schools of its agreement together.
OWED_TO_ITS_SCHOOLS = Subquery(
    TimeEntry.objects.filter(kind=TimeEntry.Kind.OWED, partnership__in=ITS_SCHOOLS.values("partnership"))
    .order_by()
    .values(together=Value(1))
    .annotate(total=Sum("owed_minutes"))
    .values("total")
)
# And to the school of that row alone.
OWED_TO_IT = Subquery(
    TimeEntry.objects.filter(kind=TimeEntry.Kind.OWED, partnership=OuterRef("partnership"))
    .order_by()
    .values("partnership")
    .annotate(total=Sum("owed_minutes"))
    .values("total")
)


def owed_in_words(partnership):
    """What a school read `with_owed` is owed; "" for nothing. The unit is that of its newest line."""
    if (partnership.owed or 0) <= 0:
        return ""
    unit = {"unit": partnership.owed_unit, "unit_minutes": partnership.owed_unit_minutes}
    return Agreement(**unit).in_words(partnership.owed)


def owed_apart(partnership, pots):
    """What a school is owed where none of its pots says so: the core offer of today has not been given."""
    if any(pot.is_core and pot.agreement.first_on <= pot.today for pot in pots):
        return ""
    return owed_in_words(_with_owed(partnership.pk)[0])


@prepared
def _with_owed(partnership_pk):
    return Partnership.objects.with_owed().filter(pk=partnership_pk)


def owed_rows(agreement, role, today):
    """(label, words) beside the core offer of today: the sum over its schools for the lead and who works with
    the school that pays, and for anybody else the figure of each school of theirs."""
    if not (agreement.is_core and agreement.state in Agreement.IN_USE):
        return []
    if not agreement.first_on <= today <= agreement.last_on:
        return []
    mine = list(agreement.schools.visible_to(role).with_owed().select_related("school").order_by("pk"))
    if any(here.pk == agreement.payer_id for here in mine):
        owed = owed_on(agreement, today)
        return [(owed_label(agreement), agreement.in_words(owed))] if owed > 0 else []
    owed = [(here, here.owed or 0) for here in mine]
    return [
        (f"Owed to {here.school}, from any year", agreement.in_words(minutes))
        for here, minutes in owed
        if minutes > 0
    ]
