"""How long the paper of a plan takes in its third cycle: python -m tests.bench.papers

Not a test: the figure depends on the machine, and is that of the processor. The aim is less than 150 ms.
"""

import os
import sys
from pathlib import Path
from statistics import median
from time import process_time

TIMES = 30
WORDS = "He settles when the same adult meets him at the door and the first task is one he knows."
# What the child is called. A script that joins its letters is shaped before it is drawn.
NAMES = {
    "Latin": ("Zoë", "Wójcik"),
    "Bengali": ("শ্রাবন্তী", "চট্টোপাধ্যায়"),
    "Arabic": ("فاطمة الزهراء", "عبد الرحمن"),
}


class Typed:
    """In place of markers: every text is a sentence of usual length."""

    def new(self, field, place, state):
        short = field.startswith(("Case.", "SchoolPerson.", "ConsultationPerson.", "Goal.at", "Theme."))
        return f"{field.split('.')[1]} {place}" if short else WORDS


def set_up():
    root = Path(__file__).resolve().parents[2]
    sys.path.insert(0, str(root / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ["TEST_SQLITE"] = ":memory:"  # not the one that the tests keep
    import django
    from django.test.utils import setup_databases, setup_test_environment

    django.setup()
    setup_test_environment()
    return setup_databases(verbosity=0, interactive=False)


def third_cycle():
    """A named child with three plans of three goals and six steps, each reviewed three times."""
    from dataclasses import replace

    from consultations import services
    from tests.canary.desk import Desk
    from tests.canary.people import at_school, clinician, open_places
    from tests.places import new_person
    from tests.plans import as_it_is_now

    class Busy(Desk):
        def content(self, state, **more):
            content = super().content(state, **more)
            goals = [replace(content.goals[0], what=f"{WORDS} {n}") for n in range(3)]
            steps = [replace(content.steps[0], what=f"{WORDS} {n}") for n in range(6)]
            return services.PlanContent(content.fields, goals, steps)

        def review(self, plan, state, overall="some_progress"):
            version = plan.versions.get(status="agreed")
            content = services.ReviewContent(
                overall,
                note=WORDS,
                next_review_on=None if overall == "finished" else version.review_on,
                ratings={goal: 4 + plan.reviews.count() for goal in version.goals.all()},
                answers={step: ("sometimes", "a_bit") for step in version.steps.all()},
                what_next="strategy",
            )
            opened = {"opened_version": as_it_is_now(plan).version}
            return services.review_plan(plan, content, by=self.link, at=self.at, **opened)

    by, places = open_places(Typed())
    here = places["here"]
    link = at_school("Sam", "link_staff", here, "SENCO", by)
    desk = Busy(Typed(), "here", here, clinician(new_person("Priya", "Nair"), here, by=by), link)
    talk = desk.talk(desk.child("agreed"))
    for number in range(3):
        plan = desk.agreed_plan(talk, "agreed")
        for overall in ("some_progress", "going_well", "finished" if number < 2 else "some_progress"):
            desk.review(plan, "agreed", overall)
    return plan, link


def print_once(plan, link):
    from django.utils import timezone

    from consultations import pdf, reading
    from consultations.models import Plan
    from consultations.papers.plan import plan_facts
    from tests.cast import role_of

    plans = Plan.objects.select_related("case", "consultation", "partnership__school", "partnership__service")
    plan, role = plans.get(pk=plan.pk), role_of(link)
    versions = reading.versions_of(plan, role)
    version = reading.version_to_show(versions)
    reviews = reading.reviews_of_case(plan, role)
    on = timezone.localdate()
    return pdf.plan_pdf(plan_facts(plan, version, versions=versions, reviews=reviews, printed_on=on))


def time_spent(plan, link):
    """Milliseconds of the processor for each print, after one that loads the fonts."""
    print_once(plan, link)
    for _ in range(TIMES):
        begun = process_time()
        print_once(plan, link)
        yield (process_time() - begun) * 1000


def call_the_child(case, by, first_name, last_name):
    from accounts.services import save_tracked

    case.first_name, case.last_name = first_name, last_name
    save_tracked(case, by=by, reason="Measured")


def main():
    from django.test.utils import teardown_databases

    databases = set_up()
    try:
        plan, link = third_cycle()
        for script, names in NAMES.items():
            call_the_child(plan.case, link, *names)
            spent = list(time_spent(plan, link))
            figures = f"{median(spent):.0f} ms, at best {min(spent):.0f} ms"
            print(f"A plan in its third cycle, a name in {script}: {figures}")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
