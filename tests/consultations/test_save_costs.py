"""What saving asks of the database: a fixed number of questions, however much was written."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.services import save_tracked, written_together
from consultations.models import CaseLink, Consultation, Tried
from consultations.models.of_case import is_as_read
from consultations.services import GoalContent
from schools.services import add_person
from tests.cost import NOT_OF_THE_PAGE
from tests.filling import parsed

# Signing in, opening the transaction and closing it are not of the form.
NOT_COUNTED = (*NOT_OF_THE_PAGE, "BEGIN", "COMMIT")
AT_MOST = 26
TRIED = [("A chart", "partly"), ("A quiet place", "helped"), ("A letter home", "no_effect")]


def questions_of(send):
    with CaptureQueriesContext(connection) as captured:
        response = send()
    assert response.status_code == 302
    asked = [query["sql"] for query in captured.captured_queries]
    return len([sql for sql in asked if not any(words in sql for words in NOT_COUNTED)])


def about_no_name(logging, count, **more):
    """A key of its own, because each is a consultation of its own."""
    rows = {}
    for number, (what, effect) in enumerate(TRIED[:count]):
        rows |= {f"tried-{number}-what": what, f"tried-{number}-effect": effect}
    nobody = {"child": "no_name", "first_name": None, "last_name": None, "tried_nothing": None}
    return logging.send(form_key=str(count) * 32, **nobody, **rows, **more)


def test_saving_a_consultation_costs_the_same_with_1_and_3_of_all_it_holds(logging, themes, visit, priya):
    for number in range(3):
        add_person(visit.partnership, name=f"Somebody {number}", job="Teacher", by=priya)
    people = [str(pk) for pk in visit.partnership.people.values_list("pk", flat=True)]
    keys = [str(theme.pk) for theme in themes.values()]

    def cost(count):
        return questions_of(lambda: about_no_name(logging, count, themes=keys[:count], staff=people[:count]))

    costs = [cost(1), cost(3)]
    for part in ("tried", "people", "theme_rows"):
        talks = Consultation.objects.order_by("pk")
        assert [getattr(talk, part).count() for talk in talks] == [1, 3]
    assert costs[0] == costs[1] <= AT_MOST


@pytest.fixture
def reviewing(tab, make_plan, sam, calendar):
    def open_form(count):
        goals = [GoalContent(f"Goal {n}", rating=2, expected=7, rated_by="staff") for n in range(count)]
        plan = make_plan("agreed", goals=goals)
        return tab(sam, reverse("consultations:plan-review", args=[plan.reference]), overall="some_progress")

    return open_form


def test_saving_a_review_costs_the_same_with_1_and_3_goals(reviewing):
    costs = []
    for count in (1, 3):
        form = reviewing(count)
        ratings = {name: "5" for name in goal_fields(form)}
        assert len(ratings) == count
        costs.append(questions_of(lambda form=form, ratings=ratings: form.send(**ratings)))
    assert costs[0] == costs[1] <= AT_MOST


def goal_fields(form):
    return {box["name"] for box in parsed(form.page).select("input[name^=goal_]")}


def test_a_write_that_fails_among_several_leaves_no_link_and_holds_nothing_back(make_consultation, priya):
    talk = make_consultation()
    before = CaseLink.objects.count()
    wrong = Tried(consultation=talk, what="", effect="partly", position=7)

    def write():
        with transaction.atomic(), written_together():
            save_tracked(talk, by=priya, reason="Looked over")
            save_tracked(wrong, by=priya, reason="Added")

    with pytest.raises(ValidationError):
        write()
    assert CaseLink.objects.count() == before
    save_tracked(Consultation.objects.get(pk=talk.pk), by=priya, reason="Looked over")
    assert CaseLink.objects.count() == before + 1


@pytest.mark.parametrize(
    ("name", "value", "as_it_is"),
    [
        ("minutes", 30, True),
        ("minutes", "30", False),
        ("impact", None, True),
        ("agreed", "A calm start", True),
        ("risk", Consultation.Risk.NO, True),
        ("held_at", "2026-09-07 09:00", False),
        ("held_at", datetime(2026, 9, 7, 9), False),
        ("held_at", datetime(2026, 9, 7, 9, tzinfo=UTC), True),
    ],
)
def test_signed_without_reading_it_again_is_only_what_the_database_gives_back(name, value, as_it_is):
    assert is_as_read(Consultation.history.model._meta.get_field(name), value) == as_it_is
