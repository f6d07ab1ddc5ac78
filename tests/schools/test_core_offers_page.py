"""Core offers for every school that has none: asked, checked, given."""

import pytest
from django.utils import timezone

from schools.models import Agreement, academic_year_from, academic_year_of
from schools.services import record_core_offer
from tests.filling import OpenForm, as_sent, banners, main_text, parsed, problems
from tests.places import new_partnership

PAGE = "/agreements/core/"


@pytest.fixture
def form(client, sign_in, ruth, quillbrook, another_school):
    return OpenForm(sign_in(client, ruth), PAGE)


def confirm(client, page, button="confirm"):
    sent = {name: value for name, value in as_sent(page).items() if name not in ("confirm", "change")}
    return client.post(PAGE, sent | {button: "1"})


def changes(page):
    return [item.get_text(" ", strip=True) for item in parsed(page).select(".nhsuk-warning-callout li")]


def given():
    return sorted((str(row.payer.school), row.granted_minutes) for row in Agreement.objects.all())


def test_checking_gives_nothing_yet(form):
    text = main_text(form.send())
    assert "Quillbrook Primary School (" in text
    assert text.count("19 half days") == 2
    assert given() == []


def test_confirmed_every_school_without_one_has_it(form, client, today):
    response = confirm(client, form.send(counts=["counts_travel"]))
    assert banners(client.get(response.url)) == ["2 core offers recorded."]
    assert given() == [("Quillbrook Primary School", 3420), ("Tansy Hill Primary School", 3420)]
    offer = Agreement.objects.first()
    assert (offer.first_on, offer.last_on) == academic_year_from(academic_year_of(today))
    assert (offer.counts_travel, offer.counts_liaison, offer.state) == (True, False, "active")


def test_confirmed_twice_gives_once(form, client):
    page = form.send()
    confirm(client, page)
    response = confirm(client, page)
    assert banners(client.get(response.url)) == ["2 core offers recorded."]
    assert len(given()) == 2


def test_what_another_lead_gave_meanwhile_is_shown_and_nothing_is_given(
    form, client, quillbrook, another_school, ruth, today
):
    page = form.send()
    first_on, last_on = academic_year_from(academic_year_of(today))
    days = {"first_on": first_on, "last_on": last_on}
    record_core_offer(quillbrook, granted_minutes=60, by=ruth, at=timezone.now(), **days)
    again = confirm(client, page)
    where = quillbrook.school.name_and_place
    assert changes(again) == [f"{where}: 19 half days before, nothing now"]
    assert given() == [("Quillbrook Primary School", 60)]
    confirm(client, again)
    assert given() == [("Quillbrook Primary School", 60), ("Tansy Hill Primary School", 3420)]


def test_a_school_that_came_meanwhile_is_shown_before_it_is_given_time(
    form, client, service, another_school, admin_person
):
    page = form.send(primary="100", secondary="200")
    another_school.school.phase = "Secondary"
    another_school.school.save()
    new = new_partnership(service, 990003, "Marrow Primary School", by=admin_person)
    again = confirm(client, page)
    assert changes(again) == [
        f"{new.school.name_and_place}: nothing before, 1 hour 40 minutes now",
        f"{another_school.school.name_and_place}: 1 hour 40 minutes before, 1 half day and 20 minutes now",
    ]
    assert given() == []


@pytest.mark.parametrize("seen", ["", "\0", "<b>", "9" * 100_000, "1:" + "9" * 40, "999999999:1"])
def test_what_no_page_showed_gives_nothing(form, client, seen):
    sent = {name: value for name, value in as_sent(form.send()).items() if name not in ("confirm", "change")}
    page = client.post(PAGE, sent | {"seen": seen, "confirm": "1"})
    assert len(changes(page)) == 2
    assert given() == []


@pytest.mark.parametrize("more", ["999999999:1", "0:7", "{theirs}:3420"])
def test_it_is_said_too_where_no_school_of_the_list_differs(form, client, other_service_school, more):
    sent = {name: value for name, value in as_sent(form.send()).items() if name not in ("confirm", "change")}
    seen = f"{sent['seen'][0]} {more.format(theirs=other_service_school.pk)}"
    page = client.post(PAGE, sent | {"seen": seen, "confirm": "1"})
    assert changes(page) == []
    [callout] = parsed(page).select(".nhsuk-warning-callout")
    assert "Nothing was recorded, because what was sent is not this list." in callout.get_text()
    assert given() == []


def test_each_kind_of_school_has_minutes_of_its_own(form, client, service, admin_person):
    high = new_partnership(service, 990003, "Marrow High School", phase="Secondary", by=admin_person)
    special = new_partnership(service, 990004, "Otter School", phase="Not applicable", by=admin_person)
    special.school.kind = "Community special school"
    special.school.save()
    page = form.send(primary="100", secondary="", special="700")
    assert f"Without a core offer still {high.school.name_and_place}" in main_text(page)
    confirm(client, page)
    assert given() == [
        ("Otter School", 700),
        ("Quillbrook Primary School", 100),
        ("Tansy Hill Primary School", 100),
    ]


def test_change_goes_back_to_what_was_typed(form, client):
    page = confirm(client, form.send(primary="77"), "change")
    assert as_sent(page)["primary"] == ["77"]
    assert given() == []


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"primary": ""}, "Enter the minutes of one kind of school at least"),
        ({"primary": "0"}, "The minutes of a primary school must be between 1 and 100000"),
        ({"primary": "9" * 40}, "The minutes of a primary school must be between 1 and 100000"),
        ({"special": "1.5"}, "The minutes of a special school must be a whole number"),
        ({"when": "\0"}, "Select which year it is for"),
    ],
)
def test_bad_input_is_refused(form, client, answers, message):
    assert problems(form.send(**answers)) == [message]
    assert problems(form.send(**answers, confirm="1")) == [message]
    assert given() == []


def test_a_school_that_has_one_is_left_out(form, client, quillbrook, ruth, today):
    first_on, last_on = academic_year_from(academic_year_of(today))
    days = {"first_on": first_on, "last_on": last_on}
    record_core_offer(quillbrook, granted_minutes=60, by=ruth, at=timezone.now(), **days)
    assert "Quillbrook" not in main_text(form.send())


@pytest.mark.parametrize("who", ["priya", "sam", "hana", "kit", "ada"])
def test_only_the_lead_gives(request, client, sign_in, who):
    sign_in(client, request.getfixturevalue(who))
    assert (client.get(PAGE).status_code, client.post(PAGE, {"confirm": "1"}).status_code) == (403, 403)
