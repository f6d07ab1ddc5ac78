"""What the service owes its schools, in words. It belongs to a school, whatever pots its lines stand in."""

from django.db.models import OuterRef, Subquery, Sum, Value

from schools.models import Agreement, AgreementSchool, Partnership, TimeEntry

ITS_SCHOOLS = AgreementSchool.objects.filter(agreement=OuterRef(OuterRef("agreement")))
# Of a row of AgreementSchool: minutes owed to all schools of its agreement together.
OWED_TO_ITS_SCHOOLS = Subquery(
    TimeEntry.objects.filter(kind=TimeEntry.Kind.OWED, partnership__in=ITS_SCHOOLS.values("partnership"))
    .order_by()
    .values(together=Value(1))
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
    return owed_in_words(Partnership.objects.with_owed().get(pk=partnership.pk))
