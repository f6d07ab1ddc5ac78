"""What is measured: each work is what one person of the right role does, over and over.

`prepare(world, browser)` looks up what it is about and returns a function that gives the next request: the
path, and for a form what is sent. A form is opened anew for each, which is not counted.
"""

from dataclasses import dataclass
from itertools import count, cycle

from django.utils import timezone

COMMON_WORD = "a"
LIBRARY_WORD = "worry"


@dataclass(frozen=True)
class Work:
    name: str
    role: str
    prepare: object
    expects: int = 200
    # Sizes that it is measured at begin with this.
    where: str = ""

    @property
    def writes(self):
        return self.expects == 302


def page(path):
    return lambda world, browser: lambda: (path, None)


def far_back(path, pages=40):
    """The address that so many clicks on the link to older rows lead to, or as many as there are."""

    def prepare(world, browser):
        from tests.filling import parsed

        here = path
        for _ in range(pages):
            older = parsed(browser.get(here)).select_one("a[href*='before=']")
            if older is None:
                break
            here = path + older["href"]
        return lambda: (here, None)

    return prepare


def busiest_case(world):
    """Of the newest with a plan, the one with most cycles. What the benchmark writes never changes it."""
    from django.db.models import Count

    from consultations.models import Case

    with_plans = Case.objects.visible_to(world.clinician).filter(plans__isnull=False).order_by("-pk")
    newest = with_plans.values_list("pk", flat=True).distinct()[:300]
    return (
        Case.objects.filter(pk__in=list(newest)).annotate(many=Count("plans")).order_by("-many", "pk").first()
    )


def case(world, browser):
    return page(busiest_case(world).get_absolute_url())(world, browser)


def timeline(world, browser):
    return page(f"{busiest_case(world).get_absolute_url()}timeline/")(world, browser)


def search(world, browser):
    """What is typed is posted, and leads to an address in which it stands sealed."""
    answer = browser.post("/cases/", browser.form("/cases/", who=COMMON_WORD))
    return page(answer.headers["location"])(world, browser)


def visit_of_today(world):
    """The next visit of the clinician, begun if it is not."""
    from schools.models import Visit
    from schools.services import start_visit

    waiting = Visit.objects.filter(
        clinician=world.clinician.person, partnership__service=world.service, finished_at=None, outcome=""
    ).order_by("planned_start_at")
    begun = waiting.filter(started_at__isnull=False).first()
    return begun or start_visit(waiting.first(), by=world.clinician.person, at=timezone.now())


def save_consultation(world, browser):
    from resources.models import Theme

    visit = visit_of_today(world)
    path = f"{visit.get_absolute_url()}add/"
    answers = {
        "subject": "child", "child": "no_name", "no_name_year": "4", "minutes": "30",
        "themes": [Theme.objects.first().pk],
        "staff": [visit.partnership.people.working(timezone.localdate()).earliest("pk").pk],
        "concern": "The mornings are hard again since the class moved to the other building.",
        "tried_nothing": "on", "agreed": "The same adult at the gate, and the first task on the table.",
        "risk": "no", "next_step": "nothing_more",
    }  # fmt: skip
    return lambda: (path, browser.form(path, **answers))


def plans_to_review(world):
    """Agreed, not ended, not at the rule that they have to change, the newest first. The last is looked at
    and never reviewed; that of the busiest case is left alone."""
    from consultations.models import Plan

    rows = Plan.objects.visible_to(world.clinician).filter(ended_on=None, without_headway=0)
    rows = rows.exclude(case=busiest_case(world))
    return list(rows.filter(versions__status="agreed").exclude(versions__status="sent").order_by("-pk")[:60])


def review_page(world, browser):
    return page(f"{plans_to_review(world)[-1].get_absolute_url()}review/")(world, browser)


def review(world, browser):
    plans, turn = cycle(plans_to_review(world)[:-1]), count(1)

    def one():
        # The form comes with the next date, a day on which the school is open.
        path = f"{next(plans).get_absolute_url()}review/"
        return path, browser.form(path, overall="going_well", note=f"Look {next(turn)}")

    return one


def longest_plan(world, browser):
    plan = busiest_case(world).plans.order_by("-cycle").first()
    return page(f"{plan.get_absolute_url()}plan.pdf")(world, browser)


def statement(world, browser):
    from schools.models import Statement

    rows = Statement.objects.filter(agreement__payer=world.head.partnership)
    return page(f"/statements/{rows.latest('pk').number}/paper.pdf")(world, browser)


WORKS = [
    Work("floor", "clinician", page("/bench/constant/")),
    Work("today", "clinician", page("/today/")),
    Work("plan list", "clinician", page("/plans/")),
    Work("plan list far back", "clinician", far_back("/plans/")),
    Work("case", "clinician", case),
    Work("case timeline", "clinician", timeline),
    Work("save a consultation", "clinician", save_consultation, expects=302),
    Work("review page", "clinician", review_page),
    Work("review a plan", "clinician", review, expects=302),
    Work("search cases", "clinician", search),
    Work("time page", "head", page("/time/")),
    Work("coverage table", "lead", page("/coverage/")),
    Work("plan PDF", "clinician", longest_plan),
    Work("statement PDF", "head", statement),
    Work("CSV of a term", "lead", page("/coverage/figures.csv")),
    Work("search library", "clinician", page(f"/library/?words={LIBRARY_WORD}"), where="library"),
    Work("library floor", "clinician", page("/bench/constant/"), where="library"),
]


def works_at(size, wanted=()):
    """Those of a size; `wanted` are beginnings of names, none for all."""
    library = bool(size.library)
    rows = [work for work in WORKS if bool(work.where) == library]
    return [row for row in rows if not wanted or "floor" in row.name or row.name.startswith(tuple(wanted))]
