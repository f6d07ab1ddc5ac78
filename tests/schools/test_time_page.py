"""H1 and the tab of a school: what is left stands first, and each line below it."""

import pytest
from django.utils import timezone

from schools.models import TimeEntry
from schools.services import close_visit, correct_visit
from schools.services.ledger import post
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.records import minutes
from web.words import longdate

TIME, TAB = "/time/", "/schools/990001/time/"
Kind = TimeEntry.Kind


@pytest.fixture
def pool(make_agreement, admin_person):
    """A bought pot of four half days."""

    def make(**fields):
        pot = make_agreement(**fields)
        at = timezone.now()
        post(pot, Kind.GRANT, 720, partnership=pot.payer, by=admin_person, at=at)
        return pot

    return make


@pytest.fixture
def done(make_visit):
    """A finished visit that used so many minutes of a pot."""

    def make(pot, with_staff, days=0, **worked):
        visit = make_visit(days=days, started=True, pot=pot)
        now = timezone.now()
        times = {"at": now, "ended_at": now, "opened_version": visit.version}
        return close_visit(visit, by=visit.clinician, minutes=minutes(with_staff, **worked), **times)

    return make


def rows(page):
    """Without the way to ask about a line, which is the last cell of those who may."""
    found = parsed(page).select("table.nhsuk-table-responsive tbody tr")
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in found]
    return [[cell for cell in row if not cell.startswith("Query")] for row in cells]


@pytest.mark.parametrize(
    ("who", "url"), [("hana", TIME), ("bo", TIME), ("sam", TIME), ("priya", TAB), ("ruth", TAB)]
)
def test_what_is_left_is_seen_first_and_the_five_numbers_after_it(
    request, client, sign_in, pool, done, core, who, url
):
    pot = pool()
    done(pot, 120, writing_up=30)
    page = parsed(sign_in(client, request.getfixturevalue(who)).get(url))
    until = longdate(pot.last_on)
    assert [text.get_text(strip=True) for text in page.select(".nhsuk-lede-text")] == [
        "Quillbrook Primary School has 3 half days and 30 minutes left of 4 half days bought. "
        f"It expires after {until}.",
        f"Quillbrook Primary School has 19 half days left of 19 half days given. It expires after {until}.",
    ]
    numbers = [
        [cell.get_text(strip=True) for cell in row.select("th, td")]
        for row in page.select("table.nhsuk-table tbody tr")
    ]
    assert numbers == [
        ["Bought", "4 half days"],
        ["Used", "2 hours 30 minutes"],
        ["Booked", "0 minutes"],
        ["Free to book", "3 half days and 30 minutes"],
        ["Expires after", until],
        ["Given", "19 half days"],
        ["Used", "0 minutes"],
        ["Booked", "0 minutes"],
        ["Free to book", "19 half days"],
        ["Expires after", until],
    ]
    assert [svg["aria-hidden"] for svg in page.select(".app-time-bar svg")] == ["true", "true"]


def test_each_line_says_what_it_left(client, sign_in, hana, pool, done, priya):
    visit = done(pool(), 120, writing_up=30)
    correct = {"reason": "typed_wrongly", "by": priya, "at": timezone.now(), "opened_version": visit.version}
    correct_visit(visit, minutes=minutes(60, writing_up=30), **correct)
    day = longdate(timezone.localdate())
    assert rows(sign_in(client, hana).get(TIME)) == [
        [f"Date {day}", "Clinician Priya Nair", "With staff –", "Other work –", "Counted 1 hour",
         "Left 3 half days and 1 hour 30 minutes", "Note Corrected: The minutes were typed wrongly"],
        [f"Date {day}", "Clinician Priya Nair", "With staff 1 hour", "Other work 30 minutes",
         "Counted minus 2 hours 30 minutes", "Left 3 half days and 30 minutes", "Note Used"],
        [f"Date {day}", "Clinician –", "With staff –", "Other work –", "Counted 4 half days",
         "Left 4 half days", "Note Time given"],
    ]  # fmt: skip


def test_lines_of_core_and_bought_time_are_never_in_one_list(client, sign_in, hana, core, pool, done):
    done(pool(), 60), done(core, 90)
    page = sign_in(client, hana)
    assert [row[4] for row in rows(page.get(TIME))] == ["Counted minus 1 hour", "Counted 4 half days"]
    assert [row[4] for row in rows(page.get(f"{TIME}?of=core"))] == [
        "Counted minus 1 hour 30 minutes",
        "Counted 19 half days",
    ]


@pytest.mark.parametrize(
    "query", ["?of=nothing", "?before=x", "?after=%00", "?before=" + "9" * 30, "?of=%00"]
)
def test_an_address_that_makes_no_sense_shows_the_page(client, sign_in, hana, pool, query):
    pool()
    assert len(rows(sign_in(client, hana).get(TIME + query))) == 1


def test_twenty_six_lines_make_two_pages(client, sign_in, hana, pool, admin_person, quillbrook):
    pot = pool()
    for _ in range(25):
        post(pot, Kind.CARRY_IN, 15, partnership=quillbrook, by=admin_person, at=timezone.now())
    first = sign_in(client, hana).get(TIME)
    (older,) = parsed(first).select(".nhsuk-pagination a")
    second = client.get(TIME + older["href"])
    assert (len(rows(first)), len(rows(second))) == (25, 1)
    assert rows(second)[0][5] == "Left 4 half days"


def test_in_a_cluster_each_school_reads_its_own_visits_and_the_payer_minutes_per_school(
    client, sign_in, hana, owen, make_visit, another_school, quillbrook, pool, done
):
    pot = pool(schools=[another_school])
    done(pot, 60)
    make_visit(partnership=another_school, clinician=owen, pot=pot, days=2)
    found = rows(sign_in(client, hana).get(TIME))
    assert found[:2] == [
        ["School Quillbrook Primary School", "Used 1 hour", "Booked 0 minutes"],
        ["School Tansy Hill Primary School", "Used 0 minutes", "Booked 1 half day"],
    ]
    assert [row[4] for row in found[2:]] == ["Counted minus 1 hour", "Counted 4 half days"]
    theirs = sign_in(client, owen).get("/schools/990002/time/")
    assert rows(theirs) == []
    assert (
        "The pool of Quillbrook Primary School and the schools with it has 3 half days and 2 hours left"
        in (main_text(theirs))
    )


def test_what_is_owed_is_said_beside_the_core_offer(
    client, sign_in, hana, core, make_visit, priya, quillbrook
):
    details = {"partnership": quillbrook, "by": priya, "at": timezone.now()}
    post(core, Kind.OWED, 0, owed_minutes=180, visit=make_visit(), **details)
    text = main_text(sign_in(client, hana).get(TIME))
    assert "The service owes Quillbrook Primary School 1 half day." in text


def test_a_school_without_any_pot_is_told_so(client, sign_in, hana):
    text = main_text(sign_in(client, hana).get(TIME))
    assert "No time is recorded for Quillbrook Primary School now." in text
    assert "There are no lines yet." in text


def test_no_price_is_on_the_page(client, sign_in, sam, pool):
    pool()
    assert "£" not in sign_in(client, sam).get(TIME).text


@pytest.mark.parametrize("who", ["owen", "noor", "tess", "kit", "edie", "ada"])
def test_an_outsider_finds_no_tab(request, client, sign_in, quillbrook, who):
    assert sign_in(client, request.getfixturevalue(who)).get(TAB).status_code == 404


@pytest.mark.parametrize(("who", "url"), [("hana", TIME), ("ruth", TAB)])
def test_one_line_costs_what_three_do(request, client, sign_in, core, pool, done, another_school, who, url):
    pot = pool(schools=[another_school])
    sign_in(client, request.getfixturevalue(who))
    done(pot, 60)
    first = cost(client, url)
    done(pot, 60), done(pot, 60)
    assert cost(client, url) == first <= AT_MOST


@pytest.mark.parametrize(
    ("who", "links"),
    [
        ("hana", ["Time", "Orders", "Visits", "People", "Library"]),
        ("sam", ["Plans", "Visits", "Time", "People", "Library"]),
        ("ruth", ["Overview", "Schools", "Users", "Checks", "Time and money"]),
    ],
)
def test_time_is_in_the_header(request, client, sign_in, quillbrook, who, links):
    page = sign_in(client, request.getfixturevalue(who)).get("/", follow=True)
    header = parsed(page).select(".nhsuk-header__navigation a")
    assert [link.get_text(strip=True) for link in header] == links


@pytest.mark.parametrize(("who", "url"), [("sam", "/needs-doing/"), ("priya", "/schools/990001/")])
def test_the_first_page_of_a_school_and_of_link_staff_have_a_line_and_a_bar_of_each_pot(
    request, client, sign_in, core, pool, done, who, url
):
    pot = pool()
    done(pot, 120, writing_up=30)
    page = sign_in(client, request.getfixturevalue(who)).get(url)
    until = longdate(core.last_on)
    assert f"3 half days and 30 minutes of bought time left until {until}." in main_text(page)
    assert f"19 half days of core offer left until {until}." in main_text(page)
    assert len(parsed(page).select(".app-time-bar svg[aria-hidden=true]")) == 2
    assert [part.get_text(strip=True) for part in parsed(page).select(".app-time-key li")] == [
        "Used: 2 hours 30 minutes",
        "Booked: 0 minutes",
        "Free to book: 3 half days and 30 minutes",
        "Used: 0 minutes",
        "Booked: 0 minutes",
        "Free to book: 19 half days",
    ]


def test_they_warn_of_more_than_there_is(client, sign_in, make_agreement, make_visit, sam):
    make_visit(pot=make_agreement(may_overdraw=True))
    page = sign_in(client, sam).get("/needs-doing/")
    assert "1 half day more is used or booked than was bought." in main_text(page)
    assert parsed(page).select(".app-time-key li")[-1].get_text(strip=True) == "Over: 1 half day"


def test_a_visit_and_its_last_page_say_what_its_pot_has_left(client, sign_in, pool, make_visit, priya):
    pot = pool()
    visit = make_visit(started=True, pot=pot)
    line = f"4 half days of bought time left until {longdate(pot.last_on)}"
    assert line in main_text(sign_in(client, priya).get(visit.get_absolute_url()))
    assert line in main_text(client.get(f"{visit.get_absolute_url()}finish/"))


@pytest.mark.parametrize(
    ("who", "url", "button", "words"),
    [
        ("hana", TIME, "Buy more time", "Something looks wrong"),
        ("sam", TIME, "Ask for more time", "Something looks wrong"),
        ("ruth", TAB, None, "Queries"),
        ("priya", TAB, None, None),
    ],
)
def test_who_may_orders_more_and_asks_about_each_line(
    request, client, sign_in, pool, who, url, button, words
):
    entry = pool().entries.get()
    page = parsed(sign_in(client, request.getfixturevalue(who)).get(url))
    buttons = page.select("main a.nhsuk-button")
    assert [(link.get_text(strip=True), link["href"]) for link in buttons] == (
        [(button, "/time/buy/")] if button else []
    )
    links = page.select("main tbody a")
    asked = [(link.get_text(), link["href"]) for link in links]
    expected = (f"{words}, line 1 of {entry.agreement.reference}", f"/time/lines/{entry.pk}/query/")
    assert asked == ([expected] if words else [])
    assert all(client.get(link["href"]).status_code == 200 for link in [*links, *buttons])
