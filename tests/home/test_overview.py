"""L13: what the service did, in counts that give nobody away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Reading
from consultations.models import Consultation, Purpose
from consultations.services import NewConsent, finish_visit
from home.reading import overview_of, periods_for
from schools.services import add_period
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed, problems
from tests.plans import next_weekday
from tests.records import local, minutes, named_child, no_names_child, whole_class

URL = "/overview/"


@pytest.fixture
def terms(service, today, admin_person):
    """Two terms that are over and the one of today; `last` began 100 days ago. Their first days."""
    days = {"before": today - timedelta(days=200), "last": today - timedelta(days=100)}
    days["now"] = today - timedelta(days=10)
    for name, first_on in days.items():
        title = f"{name.title()} term"
        add_period(service, "term", first_on, first_on + timedelta(days=70), by=admin_person, name=title)
    return days


@pytest.fixture
def in_term(terms, make_visit, make_consultation, today):
    """So many consultations in a term, each about somebody new."""

    def make(term, number, about=a_child, slugs=("worry",), visit=None):
        day = terms[term] + timedelta(days=7)
        visit = visit or make_visit(days=(day - today).days, started=True)
        at = local(day, 10)
        return [
            make_consultation(visit=visit, about=about(), themes=list(slugs), held_at=at)
            for _ in range(number)
        ]

    return make


@pytest.fixture
def newest(kit, role_of, today):
    """The overview of the last term that is over, or of the period at `place` of the list."""

    def read(place=0, who=kit):
        role = role_of(who)
        return overview_of(role, periods_for(role, today)[place])

    return read


def a_child():
    """By name, with a consent that is older than every term here."""
    long_ago = timezone.localdate() - timedelta(days=390)
    both = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
    return named_child(consent=NewConsent("parent", "phone", long_ago, purposes=both))


def rows(page, caption):
    table = next(t for t in parsed(page).select("main table") if t.caption.get_text() == caption)
    for heading in table.select(".nhsuk-table-responsive__heading"):
        heading.decompose()  # What a phone shows before each cell.
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")][
        1:
    ]


def test_without_a_term_that_is_over_it_says_when_numbers_come(client, sign_in, kit, calendar):
    page = sign_in(client, kit).get(URL)
    assert "Numbers appear here when a term of this service’s calendar is over." in main_text(page)


def test_only_what_is_over_can_be_chosen_the_newest_first(kit, role_of, terms, today):
    periods = periods_for(role_of(kit), today)
    names = [period.name.split()[0] for period in periods]
    assert names[:2] == ["Last", "Before"]
    assert set(names[2:]) == {"School"}
    assert {period.key for period in periods[:2]} == {
        part.key for period in periods[2:] for part in period.parts
    }


def test_a_term_runs_to_the_day_before_the_next_one(kit, role_of, terms, today):
    last, before = periods_for(role_of(kit), today)[:2]
    assert (before.first_on, before.last_on) == (terms["before"], terms["last"] - timedelta(days=1))
    assert (last.first_on, last.last_on) == (terms["last"], terms["now"] - timedelta(days=1))


def test_another_services_terms_are_not_offered(kit, role_of, other_service, today, admin_person):
    long_ago = today - timedelta(days=90)
    add_period(other_service, "term", long_ago, long_ago + timedelta(days=40), by=admin_person)
    assert periods_for(role_of(kit), today) == []


def test_it_counts_by_kind_theme_and_phase(client, sign_in, kit, in_term, themes):
    in_term("last", 12, slugs=["worry", "sleep"])
    in_term("last", 7, about=whole_class)
    in_term("now", 9)
    page = sign_in(client, kit).get(URL)
    assert rows(page, "Consultations by kind") == [
        *(["One child", "12", "6 hours"], ["A class", "7", "3 hours 30 minutes"]),
        ["A group", "0", "0 minutes"],
        *(["A year group", "0", "0 minutes"], ["Staff or whole school", "0", "0 minutes"]),
    ]
    assert rows(page, "Consultations by theme")[:3] == [
        *(["Worry or anxiety", "19", "9 hours 30 minutes"], ["Sleep", "12", "6 hours"]),
        [themes["low-mood"].name if "low-mood" in themes else "Low mood", "0", "0 minutes"],
    ]
    assert rows(page, "Consultations by phase of school") == [["Primary", "19", "9 hours 30 minutes"]]
    assert dict(rows(page, "What was done"))["Consultations"] == "19"


def test_a_small_number_is_hidden_and_the_next_one_with_it(client, sign_in, kit, in_term):
    in_term("last", 12)
    in_term("last", 3, about=whole_class)
    page = sign_in(client, kit).get(URL)
    shown = {tuple(row[1:]) for row in rows(page, "Consultations by kind")}
    assert shown == {("fewer than 5, or hidden", "hidden")}
    assert dict(rows(page, "What was done"))["Consultations"] == "15"


def test_a_term_with_few_consultations_hides_them_all(client, sign_in, kit, in_term):
    in_term("last", 4)
    page = sign_in(client, kit).get(URL)
    assert dict(rows(page, "What was done"))["Consultations"] == "fewer than 5"
    assert rows(page, "Consultations by phase of school") == [
        ["Primary", "fewer than 5, or hidden", "hidden"]
    ]


def test_a_year_hides_what_one_of_its_terms_hides(role_of, kit, newest, in_term, today):
    in_term("before", 6)
    in_term("last", 3)
    periods = periods_for(role_of(kit), today)
    for place, period in enumerate(periods[2:], 2):
        found = newest(place).consultations
        assert found == (None if "Last" in "".join(part.name for part in period.parts) else 6)


@pytest.fixture
def much_done(in_term, make_visit, make_plan, make_review, terms, today, priya):
    """Of everything `number` in the last term: visits, plans agreed, reviews, plans finished."""

    def do(number, overall="finished"):
        day = next_weekday(terms["last"] + timedelta(days=7))
        for talk in in_term("last", number):
            plan = make_plan(
                "agreed", case=talk.case, on=day, review_on=next_weekday(day + timedelta(days=9))
            )
            make_review(plan, overall=overall, at=local(day, 15))
        for hour in range(number):
            visit = make_visit(days=(day - today).days, started=True)
            times = {"at": local(day, 16), "ended_at": local(day, 12)}
            finish_visit(visit, by=priya, opened_version=visit.version, minutes=minutes(30 + hour), **times)

    return do


def test_it_counts_visits_minutes_plans_and_reviews(newest, much_done):
    much_done(5)
    found = newest()
    assert (found.visits, found.minutes) == (5, 160)
    assert (found.consultations, found.agreed, found.reviews, found.finished) == (5, 5, 5, 5)


@pytest.fixture
def trained(make_visit, terms, today, priya):
    """So many visits of the last term with an hour of training for 12 staff, and one without."""

    def do(number):
        day = terms["last"] + timedelta(days=8)
        for hour in range(number + 1):
            visit = make_visit(days=(day - today).days, started=True)
            times = {"at": local(day, 16), "ended_at": local(day, 12), "opened_version": visit.version}
            some = hour < number
            said = {"minutes": minutes(5, training=60 * some), "staff_trained": 12 if some else None}
            finish_visit(visit, by=priya, **said, **times)

    return do


def test_staff_training_counts_in_visits_time_and_staff(newest, trained):
    trained(5)
    found = newest()
    assert (found.visits, found.minutes) == (6, 30)
    assert (found.trainings, found.training_minutes, found.staff_trained) == (5, 300, 60)


def test_few_trainings_are_hidden_with_their_time_and_staff(client, sign_in, kit, newest, trained):
    trained(4)
    found = newest()
    assert found.visits == 5
    assert (found.trainings, found.training_minutes, found.staff_trained) == (None, None, None)
    done = dict(rows(sign_in(client, kit).get(URL), "What was done"))
    assert done["Time of staff training"] == "fewer than 5 visits"
    assert done["Staff trained, counted at each training"] == "fewer than 5"


def test_four_of_each_are_hidden_with_their_minutes(newest, much_done):
    much_done(4)
    found = newest()
    numbers = [found.visits, found.minutes, found.consultations, found.agreed, found.reviews, found.finished]
    assert numbers == [None] * 6


def test_what_was_stopped_is_not_finished(newest, much_done):
    much_done(5, overall="stopped")
    assert (newest().finished, newest().reviews) == (0, 5)


def test_another_services_work_is_not_counted(
    newest, in_term, make_visit, other_service_school, noor, terms, today
):
    days = (terms["last"] - today).days + 7
    in_term("last", 6, visit=make_visit(other_service_school, noor, days=days, started=True))
    assert Consultation.objects.count() == 6
    assert newest().consultations == 0


def test_the_lead_opens_the_same_page(client, sign_in, ruth, in_term):
    in_term("last", 6)
    page = sign_in(client, ruth).get(URL)
    assert dict(rows(page, "What was done"))["Consultations"] == "6"
    assert main_text(page).startswith("Willowmere CAMHS in Schools Overview")


def test_it_names_no_child_no_clinician_and_no_school_and_links_to_no_record(client, sign_in, kit, in_term):
    talks = in_term("last", 6)
    in_term("last", 5, about=no_names_child)
    page = sign_in(client, kit).get(URL)
    named = ["Robin", "Underhay", "Priya", "Nair", "Quillbrook", talks[0].reference, talks[0].case.reference]
    assert [word for word in named if word in page.text] == []
    assert parsed(page).select("main a") == []
    assert not Reading.objects.exists()


@pytest.mark.parametrize("period", ["", "term-0", "year-9999", "9" * 400, "%00", "'", "<b>"])
def test_a_period_that_there_is_not_shows_the_newest(client, sign_in, kit, in_term, period):
    in_term("last", 6)
    page = sign_in(client, kit).get(f"{URL}?period={period}")
    assert dict(rows(page, "What was done"))["Consultations"] == "6"
    assert parsed(page).select_one("select option[selected]").get_text().startswith("Last term")
    assert problems(page) == []


def test_an_earlier_term_can_be_chosen(client, sign_in, kit, role_of, in_term, today):
    in_term("before", 8)
    key = periods_for(role_of(kit), today)[1].key
    page = sign_in(client, kit).get(f"{URL}?period={key}")
    assert dict(rows(page, "What was done"))["Consultations"] == "8"


@pytest.mark.parametrize("place", [0, -1])
def test_it_costs_the_same_for_one_of_everything_and_for_three(
    client, sign_in, kit, role_of, much_done, in_term, today, place
):
    much_done(1)
    in_term("before", 1)
    url = f"{URL}?period={periods_for(role_of(kit), today)[place].key}"
    sign_in(client, kit)
    first = cost(client, url)
    much_done(2)
    in_term("before", 2, about=whole_class, slugs=["sleep", "worry"])
    assert cost(client, url) == first
    assert first <= AT_MOST


def test_it_is_no_form_to_send(client, sign_in, kit):
    assert sign_in(client, kit).post(URL).status_code == 405


def test_the_day_a_term_ends_counts_and_the_day_after_does_not(
    newest, terms, make_visit, make_consultation, today
):
    last_day = terms["now"] - timedelta(days=1)
    visit = make_visit(days=-100, started=True)
    for _ in range(5):
        make_consultation(visit=visit, about=a_child(), held_at=local(last_day, 23, 59))
    make_consultation(visit=visit, about=a_child(), held_at=local(terms["now"], 0))
    assert newest().consultations == 5
