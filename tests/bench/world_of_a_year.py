"""Who lives through a simulated year: the schools of one service, their heads and SENCOs, its clinicians."""

from datetime import date, timedelta
from random import Random

from accounts.models import RoleRow
from schools.services import add_period, open_service
from tests.cast import clinician, give_role, role_of
from tests.places import new_partnership, new_person

Kind = RoleRow.Kind
FIRST_ON, LAST_ON = date(2026, 9, 1), date(2027, 8, 31)
NEXT_FIRST_ON, NEXT_LAST_ON = date(2027, 9, 1), date(2028, 8, 31)
TERMS = [
    (date(2026, 9, 1), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 3, 26)),
    (date(2027, 4, 12), date(2027, 7, 23)),
]


class World:
    def __init__(self, schools, seed):
        self.chance = Random(seed)
        self.ada = new_person("Ada", "Okafor")
        self.service = open_service("Willowmere CAMHS in Schools", by=self.ada)
        for days in TERMS:
            add_period(self.service, "term", *days, by=self.ada)
        give_role(self.ada, Kind.SERVICE_LEAD, self.service, by=self.ada)
        self.ruth = give_role(new_person("Ruth", "Adeyemi"), Kind.SERVICE_LEAD, self.service, by=self.ada)
        self.schools = [self.open(number) for number in range(schools)]
        step = 6
        self.clinicians = {
            school: person
            for start in range(0, schools, step)
            for group in [self.schools[start : start + step]]
            for person in [clinician(new_person(f"Clinician{start}", "Nair"), *group, by=self.ada)]
            for school in group
        }
        self.heads = {school: self.at(school, "Head", Kind.BUDGET_HOLDER) for school in self.schools}
        self.sencos = {school: self.at(school, "Senco", Kind.LINK_STAFF) for school in self.schools}

    def open(self, number):
        return new_partnership(self.service, 990100 + number, f"Tansy Hill School {number}", by=self.ada)

    def at(self, school, name, kind):
        person = new_person(f"{name}{school.pk}", "Sorensen")
        give_role(person, kind, school, by=self.ada, is_approver=kind == Kind.BUDGET_HOLDER)
        return person, role_of(person)

    def is_so(self, percent):
        return self.chance.randrange(100) < percent

    def a_time(self, hours=24):
        return timedelta(minutes=self.chance.randrange(hours * 60))
