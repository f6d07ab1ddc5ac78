"""What came of the plans beside the time: counts alone, and none for who pays that gives somebody away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.reading import outcomes_of
from home.reading.outcomes import counted, published_outcome
from schools.services import add_period
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.records import local

URL = "/time/outcome/"


def review(plan, moved=True, before=4, after=6):
    return {"plan": plan, "moved": moved, "before": before, "after": after}


def shown(*parts):
    """What is published of the reviews of some terms: (reviews, plans, headway, confidence)."""
    outcome = published_outcome(None, 0, parts)
    return outcome.reviews, outcome.plans, tuple(outcome.headway.values()), tuple(outcome.confidence.values())


def test_a_plan_is_compared_with_its_own_start_at_the_last_review_that_asked():
    reviews = [
        *(review(1, after=2), review(1, after=7)),
        review(2, moved=False, after=4),
        review(3, moved=None, after=None),
        review(4, before=None, after=9),
        *(review(5, after=3), review(5, moved=False, after=None)),
    ]
    assert counted(reviews) == {
        "headway": {"moved": 4, "not_moved": 2, "left_out": 1},
        "confidence": {"higher": 1, "same": 1, "lower": 1, "missing": 2},
    }


def test_fewer_than_five_reviews_show_nothing_at_all():
    assert shown([review(n) for n in range(4)]) == (None, None, (None, None, None), (None,) * 4)
    assert shown([]) == (0, 0, (0, 0, 0), (0, 0, 0, 0))


def test_five_of_one_kind_are_shown():
    assert shown([review(n) for n in range(5)]) == (5, 5, (5, 0, 0), (5, 0, 0, 0))


def test_one_small_number_hides_what_would_give_it_away():
    few = [review(n, moved=n > 0) for n in range(7)]
    assert shown(few) == (7, 7, (None, None, None), (7, 0, 0, 0))


def test_a_term_that_hides_hides_the_whole_so_that_no_two_days_can_be_subtracted():
    first, second = [review(n) for n in range(6)], [review(n) for n in range(2)]
    assert shown(first) == (6, 6, (6, 0, 0), (6, 0, 0, 0))
    assert shown(first, second) == (None, None, (None, None, None), (None,) * 4)
    assert shown(first, first) == (12, 12, (12, 0, 0), (12, 0, 0, 0))


@pytest.fixture
def reviewed(core, make_visit, make_consultation, make_plan, make_review, today):
    """A plan that began in a visit of the core offer, reviewed the same day with a goal moved."""

    def make(confidence=6, days=0, **visit):
        talk = make_consultation(visit=make_visit(days=days, started=True, **visit), next_step="start_plan")
        day = today + timedelta(days=days)
        plan = make_plan("agreed", consultation=talk, confidence=4, on=day)
        at = local(day, 12) if days else timezone.now()
        make_review(plan, overall="going_well", confidence=confidence, at=at)
        return plan

    return make


def test_reviews_stand_beside_the_pot_of_the_last_talk_before_them(
    core, make_agreement, reviewed, role_of, sam, ruth, today
):
    other = make_agreement(may_overdraw=True)
    reviewed(), reviewed(confidence=3), reviewed(pot=other)
    for who in (sam, ruth):
        first, second = outcomes_of(role_of(who), [core, other], today)
        assert (first.reviews, first.headway["moved"], first.judged) == (2, 2, 2)
        assert first.confidence == {"higher": 1, "same": 0, "lower": 1, "missing": 0}
        assert (second.reviews, second.plans) == (1, 1)


def test_link_staff_read_their_own_figures_and_the_minutes(client, sign_in, sam, core, reviewed):
    reviewed()
    text = main_text(sign_in(client, sam).get(URL))
    assert "0 minutes used. Reviews that found a goal moved: 1 of 1 reviews." in text
    assert "It does not prove that the time brought the change" in text
    assert "Too few" not in text


def test_who_pays_reads_nothing_before_a_term_is_over(client, sign_in, hana, calendar, core, reviewed):
    for _ in range(5):
        reviewed()
    page = sign_in(client, hana).get(URL)
    assert "0 minutes used so far. Numbers are shown when a term of it is over." in main_text(page)
    numbers = [cell.get_text(strip=True) for cell in parsed(page).select("tbody td")]
    assert numbers == ["0 minutes", *["0"] * 9]


@pytest.mark.parametrize(("count", "words"), [(4, "too few to show"), (5, "5 of 5 reviews")])
def test_who_pays_reads_of_terms_that_are_over_what_gives_nobody_away(
    client, sign_in, hana, core, reviewed, service, admin_person, today, count, words
):
    add_period(service, "term", today - timedelta(days=30), today - timedelta(days=1), by=admin_person)
    for _ in range(count):
        reviewed(days=-1)
    reviewed()
    page = sign_in(client, hana).get(URL)
    assert f"Reviews that found a goal moved: {words}." in main_text(page)


def test_no_child_class_or_theme_is_on_it(client, sign_in, ruth, sam, hana, reviewed):
    plan = reviewed()
    for person in (ruth, sam, hana):
        text = sign_in(client, person).get(URL).text
        for word in ("Robin", "Underhay", plan.reference, plan.case.reference, "Worry or anxiety"):
            assert word not in text


def test_another_school_and_another_service_are_not_counted(core, reviewed, role_of, owen, noor, today):
    reviewed()
    for person in (owen, noor):
        assert outcomes_of(role_of(person), [core], today)[0].reviews == 0


@pytest.mark.parametrize("who", ["ruth", "sam", "hana"])
def test_one_review_costs_what_three_do(request, client, sign_in, reviewed, make_agreement, calendar, who):
    sign_in(client, request.getfixturevalue(who))
    reviewed()
    first = cost(client, URL)
    make_agreement()
    reviewed(), reviewed()
    assert cost(client, URL) == first <= AT_MOST
