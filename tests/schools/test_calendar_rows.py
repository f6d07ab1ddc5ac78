"""Which days of a calendar exist for whom."""

from datetime import date

import pytest

from schools.models import CalendarPeriod
from schools.services import add_period

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("who", "names"),
    [
        *(("priya", {"common", "here"}), ("sam", {"common", "here"}), ("owen", {"common", "near"})),
        *(("ruth", {"common", "here", "near"}), ("ada", {"common", "here", "near"}), ("noor", {"far"})),
        *(("hana", set()), ("tess", set()), ("femi", set()), ("kit", set()), ("edie", set())),
    ],
)
def test_each_role_has_the_days_of_its_service_and_of_its_schools(cast, role_of, who, names):
    service, by = cast.quillbrook.service, cast.ada
    for name, place in {"common": None, "here": cast.quillbrook, "near": cast.another_school}.items():
        add_period(service, "closed", DAY, DAY, by=by, school=place and place.school, name=name)
    add_period(cast.other_service_school.service, "closed", DAY, DAY, by=by, name="far")
    rows = CalendarPeriod.objects.visible_to(role_of(getattr(cast, who)))
    assert set(rows.values_list("name", flat=True)) == names
