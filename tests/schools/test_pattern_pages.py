"""A visit pattern: filled in, its visits checked, saved. Visits on the days the cast's calendar is open."""

from datetime import timedelta

import pytest

from accounts.models import RoleRow
from accounts.services import end_role
from schools.models import Visit, VisitPattern
from schools.services import add_period
from tests.cast import clinician, give_role
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, as_sent, banners, main_text, parsed, problems
from tests.places import new_person

ADD = "/schools/990001/visits/pattern/"
VISITS = "/schools/990001/visits/"


def on(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.fixture
def monday(today):
    """A Monday to come."""
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def days(monday):
    """Four weeks, each with a Wednesday."""
    return on("from_on", monday) | on("until_on", monday + timedelta(days=27))


@pytest.fixture
def form(client, sign_in, priya, calendar, days):
    answers = {"weekday": "2", "every_weeks": "1", "starts": "9:00", "minutes": "180"}
    return OpenForm(sign_in(client, priya), ADD, **answers | days)


def confirm(client, page, button="confirm", url=ADD):
    sent = {name: value for name, value in as_sent(page).items() if name not in ("confirm", "change")}
    return client.post(url, sent | {button: "1"})


def saved(form, **changes):
    """A pattern, looked at and confirmed."""
    assert confirm(form.client, form.send(**changes)).status_code == 302
    return VisitPattern.objects.latest("pk")


def titles(page):
    return [one.get_text(" ", strip=True) for one in parsed(page).select("main h2")]


def test_a_pattern_is_asked_for_half_days_a_fortnight_by_the_clinician_who_asks(form):
    sent = as_sent(form.page)
    assert (sent["every_weeks"], sent["minutes"]) == (["2"], ["180"])
    assert "weekday" not in sent


def test_checking_says_which_visits_there_would_be_and_saves_nothing(form, monday):
    page = form.send()
    assert titles(page) == ["Visits that are made: 4"]
    wednesday = monday + timedelta(days=2)
    assert f"{wednesday:%-d %B %Y}, 9am to midday" in main_text(page)
    assert (VisitPattern.objects.count(), Visit.objects.count()) == (0, 0)


def test_confirmed_the_visits_are_booked_and_the_pattern_stands_on_the_page_of_visits(form, core, priya):
    response = confirm(form.client, form.send())
    page = form.client.get(response.url)
    assert banners(page) == ["Visit pattern saved: 4 visits made."]
    assert "Priya Nair: Wednesday at 9am, every school week, until" in main_text(page)
    assert [(one.clinician, one.pot) for one in Visit.objects.all()] == [(priya, core)] * 4


def test_confirmed_twice_it_is_one_pattern(form):
    page = form.send()
    confirm(form.client, page)
    assert confirm(form.client, page).status_code == 302
    assert (VisitPattern.objects.count(), Visit.objects.count()) == (1, 4)


def test_change_goes_back_to_what_was_typed(form):
    page = confirm(form.client, form.send(minutes="95"), "change")
    assert as_sent(page)["minutes"] == ["95"]
    assert not VisitPattern.objects.exists()


def test_what_changed_meanwhile_is_shown_before_anything_is_saved(form, service, admin_person, monday):
    page = form.send()
    wednesday = monday + timedelta(days=2)
    add_period(service, "inset", wednesday, wednesday, by=admin_person)
    again = confirm(form.client, page)
    assert titles(again) == ["Important: The visits changed", "Visits that are made: 4"]
    assert "(the school is closed on the usual day)" in main_text(again)
    assert not VisitPattern.objects.exists()
    assert confirm(form.client, again).status_code == 302


def test_who_changes_a_pattern_is_told_that_others_are_e_mailed(form, monday):
    words = "The school and the clinician get one e-mail about all of these visits"
    assert words not in main_text(form.send())
    url = f"{ADD}{saved(form).pk}/"
    assert words in main_text(OpenForm(form.client, url).send(weekday="3"))
    assert words not in main_text(OpenForm(form.client, url).send())


@pytest.mark.parametrize("seen", ["", "\0", "<b>", "9" * 100_000])
def test_what_no_page_showed_saves_nothing(form, seen):
    sent = {name: value for name, value in as_sent(form.send()).items() if name != "change"}
    page = form.client.post(ADD, sent | {"seen": seen, "confirm": "1"})
    assert "Important: The visits changed" in titles(page)
    assert not VisitPattern.objects.exists()


WRONG = {
    "no weekday": ({"weekday": None}, "Select the weekday"),
    "a Saturday": ({"weekday": "5"}, "Select the weekday"),
    "never": ({"every_weeks": "0"}, "Select how often the visits are"),
    "which week": ({"every_weeks": "2"}, "Select which week of the fortnight"),
    "no start": ({"starts": ""}, "Enter the start"),
    "no time": ({"starts": "ninety"}, "The start must be a real time, like 9:30"),
    "no minutes": ({"minutes": ""}, "Enter the minutes of a visit"),
    "short": ({"minutes": "29"}, "The minutes of a visit must be between 30 and 420"),
    "long": ({"minutes": "421"}, "The minutes of a visit must be between 30 and 420"),
    "night": ({"starts": "6:30"}, "The start must be between 7am and 7pm"),
    "evening": ({"starts": "17:00"}, "The visit must end by 7pm"),
    "no first day": ({"from_on_day": "", "from_on_month": "", "from_on_year": ""}, "Enter the first day"),
    "year 1": ({"from_on_year": "0001"}, None),
    "year 9999": ({"until_on_year": "9999"}, None),
    "a clinician": ({"clinician": "999999"}, "Select a clinician who is linked to this school"),
}


BESIDE = {"which week": "parity", "evening": "minutes"}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_typed_wrongly_is_said_beside_the_question(form, name):
    changes, message = WRONG[name]
    page = form.send(**changes)
    assert len(problems(page)) == 1
    assert message in (None, *problems(page))
    [about] = parsed(page).select(".nhsuk-error-message")
    assert about["id"].startswith(f"id_{BESIDE.get(name, next(iter(changes))).split('_on_')[0]}")
    kept = as_sent(page)
    for field in ("starts", "minutes", "from_on_day", "until_on_year"):
        assert kept[field] == [str(form.whole(**changes)[field])]
    assert form.client.post(ADD, form.whole(**changes, confirm="1")).status_code == 200
    assert not VisitPattern.objects.exists()


def test_the_last_day_is_not_before_the_first(form, monday):
    page = form.send(**on("until_on", monday - timedelta(days=1)))
    assert problems(page) == ["The last day must not be before the first day"]
    assert parsed(page).select_one(".nhsuk-error-message")["id"].startswith("id_until_on")


def test_a_pattern_is_ended_by_an_earlier_last_day(form, core, monday):
    pattern = saved(form)
    url = f"{ADD}{pattern.pk}/"
    change = OpenForm(form.client, url)
    page = change.send(**on("until_on", monday + timedelta(days=8)))
    assert titles(page) == ["Visits that are taken out: 3"]
    response = confirm(form.client, page, url=url)
    assert banners(form.client.get(response.url)) == ["Visit pattern saved: 3 visits taken out."]
    assert Visit.objects.filter(outcome="").count() == 1
    assert core.entries.numbers().booked == 180


def test_the_page_of_a_pattern_says_that_it_is_changed_and_knows_what_was_opened(form):
    pattern = saved(form)
    page = form.client.get(f"{ADD}{pattern.pk}/")
    assert parsed(page).h1.get_text(strip=True) == "Change a visit pattern"
    assert as_sent(page)["opened_version"] == ["1"]
    assert parsed(form.page).h1.get_text(strip=True) == "Add a visit pattern"


def test_a_pattern_that_somebody_changed_meanwhile_is_not_saved_over(form):
    pattern = saved(form)
    url = f"{ADD}{pattern.pk}/"
    change = OpenForm(form.client, url)
    first, second = change.send(weekday="3"), change.send(weekday="4")
    confirm(form.client, first, url=url)
    page = confirm(form.client, second, url=url)
    changed = "This changed while you had the page open. Look at it as it is now, then save again."
    assert problems(page) == [changed]
    assert VisitPattern.objects.get().weekday == 3


def test_a_clash_names_the_school_to_who_may_see_its_visits(form, sign_in, ruth, client, days):
    saved(form)
    page = OpenForm(sign_in(client, ruth), ADD, weekday="2", every_weeks="1", starts="11:00", **days).send()
    assert titles(page) == ["Visits that cannot be made or moved: 4"]
    assert "Priya Nair is at Quillbrook Primary School from 9am to midday" in main_text(page)


def test_a_clash_at_a_school_of_another_clinician_is_another_visit(
    form, another_school, priya, admin_person, sign_in, client, days
):
    saved(form)
    mo = clinician(new_person("Mo", "Varley"), another_school, by=admin_person)
    give_role(priya, RoleRow.Kind.LINK_CLINICIAN, another_school, by=admin_person)
    url = "/schools/990002/visits/pattern/"
    answers = {"clinician": str(priya.pk), "weekday": "2", "every_weeks": "1", "starts": "11:00"}
    page = OpenForm(sign_in(client, mo), url, **answers | days).send()
    assert "Priya Nair has another visit in that half day" in main_text(page)
    assert "Quillbrook" not in main_text(page)


def test_a_pattern_of_another_school_is_not_found(form, another_school, owen, sign_in, client):
    pattern = saved(form)
    sign_in(client, owen)
    assert client.get(f"/schools/990002/visits/pattern/{pattern.pk}/").status_code == 404
    assert client.get(f"{ADD}{pattern.pk}/").status_code == 404


def test_the_pattern_of_somebody_who_left_can_be_ended_and_nothing_else(
    form, priya, ruth, sign_in, today, monday
):
    url = f"{ADD}{saved(form).pk}/"
    for role in RoleRow.objects.filter(person=priya, kind=RoleRow.Kind.LINK_CLINICIAN):
        end_role(role, end_on=today, by=ruth, reason="Left the school")
    change = OpenForm(sign_in(form.client, ruth), url)
    said = "Select another clinician, or enter an earlier last day"
    assert problems(change.send(weekday="3")) == [f"Priya Nair is not linked to this school any more. {said}"]
    page = change.send(**on("until_on", monday + timedelta(days=8)))
    assert titles(page) == ["Visits that are taken out: 3"]


def test_a_school_without_a_clinician_says_what_to_do(client, sign_in, ruth, another_school, calendar, days):
    answers = {"weekday": "2", "every_weeks": "1", "starts": "9:00", "minutes": "180"} | days
    page = sign_in(client, ruth).post("/schools/990002/visits/pattern/", answers)
    assert problems(page) == ["Link a clinician to this school first"]


@pytest.mark.parametrize("who", ["sam", "hana", "bo"])
def test_the_school_reads_the_pattern_and_changes_nothing(request, form, client, sign_in, who):
    pattern = saved(form)
    sign_in(client, request.getfixturevalue(who))
    page = client.get(VISITS)
    assert "Wednesday at 9am, every school week" in main_text(page)
    assert parsed(page).select(f"a[href^='{ADD}']") == []
    for url in (ADD, f"{ADD}{pattern.pk}/"):
        assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


@pytest.mark.parametrize("url", [VISITS, ADD, "change"])
def test_the_pages_cost_the_same_for_1_pattern_and_3(form, client, url):
    pattern = saved(form)
    url = f"{ADD}{pattern.pk}/" if url == "change" else url
    first = cost(client, url)
    saved(form, weekday="3")
    saved(form, weekday="4")
    assert cost(client, url) == first <= AT_MOST


def test_checking_costs_the_same_for_4_visits_and_20(form, client, monday, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        form.send()
    with django_assert_max_num_queries(20):
        form.send(**on("until_on", monday + timedelta(days=139)))
