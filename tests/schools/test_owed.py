"""Time owed belongs to the school: it stays when its year is over, and an extra visit of the next year clears
it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import RoleRow
from home.reading import pots_of_service
from schools.models import AgreementSchool, Partnership, Statement
from schools.reading import pots_of, pots_of_many
from schools.reading.owed import OWED_TO_IT, OWED_TO_ITS_SCHOOLS
from schools.reconciling import differences
from schools.services import correct_visit, give_out_statement, next_statement_from
from schools.services.agreements import add_school
from schools.services.ledger import Kind, post
from schools.services.owed import owed_on, owed_to
from tests.cast import school_staff
from tests.cost import AT_MOST, cost
from tests.filling import main_text
from tests.places import new_person
from tests.records import local, minutes

from .visits import call_off, finish

A_DAY = timedelta(days=1)
NOTHING_OWED = "No time is owed to this school"


@pytest.fixture
def last_year(make_core, make_visit, today):
    """The core offer that ended yesterday, with a half day owed."""
    offer = make_core(600, first_on=today - 300 * A_DAY, last_on=today - A_DAY)
    call_off(make_visit(days=-20), "clinician_cancelled")
    return offer


@pytest.fixture
def this_year(last_year, make_core, today):
    return make_core(3420, first_on=today, last_on=today + 300 * A_DAY)


def owing_lines(pot):
    return list(pot.entries.filter(kind=Kind.OWED).in_order().values_list("owed_minutes", flat=True))


def wrong():
    return [str(difference) for difference in differences()]


def test_an_extra_visit_of_this_year_clears_what_is_owed_from_the_last(
    last_year, this_year, quillbrook, make_visit
):
    extra = make_visit(started=True, clears_owed=True)
    with pytest.raises(ValidationError, match=NOTHING_OWED):
        make_visit(days=3, clears_owed=True)
    finish(extra)
    assert (extra.pot, owing_lines(last_year), owing_lines(this_year)) == (this_year, [180], [-90])
    assert (owed_to(quillbrook), wrong()) == (90, [])
    assert make_visit(days=3, clears_owed=True).pot == this_year


def test_a_correction_clears_what_is_owed_from_the_last_year(last_year, this_year, quillbrook, make_visit):
    visit = finish(make_visit(started=True, clears_owed=True))
    who = {"by": visit.clinician, "at": timezone.now(), "reason": "typed_wrongly"}
    for worked, owed in ((180, 0), (30, 150)):
        visit = correct_visit(visit, minutes=minutes(worked), opened_version=visit.version, **who)
        assert (owed_to(quillbrook), wrong()) == (owed, [])
    assert owing_lines(this_year) == [-90, -90, 150]


def test_an_extra_visit_with_nobody_to_meet_clears_it_too(this_year, quillbrook, make_visit):
    call_off(make_visit(days=2, clears_owed=True), "no_link_person", timedelta())
    assert (owing_lines(this_year), owed_to(quillbrook), wrong()) == ([-180], 0, [])


def test_another_school_clears_nothing_of_it(this_year, another_school, quillbrook, owen, make_visit):
    add_school(this_year, another_school, by=owen)
    with pytest.raises(ValidationError, match=NOTHING_OWED):
        make_visit(another_school, owen, pot=this_year, clears_owed=True)
    assert owed_to(quillbrook) == 180


def test_less_than_nothing_owed_to_a_school_is_found_whatever_the_year(last_year, this_year, make_visit):
    visit = finish(make_visit(started=True, clears_owed=True))
    details = {"partnership": visit.partnership, "visit": visit, "by": visit.clinician}
    post(this_year, Kind.OWED, 0, owed_minutes=-91, at=timezone.now(), **details)
    assert wrong() == [
        f"{this_year}: less than nothing is owed to the school after line 6 (owed)",
        f"{visit}: cleared 181, expected 90 (owed)",
    ]


def test_less_cleared_than_used_is_found_while_more_is_owed_from_another_year(this_year, make_visit):
    visit = finish(make_visit(started=True, clears_owed=True))
    details = {"partnership": visit.partnership, "visit": visit, "by": visit.clinician}
    post(this_year, Kind.OWED, 0, owed_minutes=30, at=timezone.now(), **details)
    assert wrong() == [f"{visit}: cleared 60, expected 90 (owed)"]


# Pages.


def test_it_is_said_beside_the_core_offer_of_today_alone(last_year, make_core, quillbrook, today):
    coming = make_core(60, first_on=today + 100 * A_DAY, last_on=today + 300 * A_DAY)
    assert [pot.owed for pot in pots_of(quillbrook, today)] == [None]
    now = make_core(60, first_on=today, last_on=today + 99 * A_DAY)
    found = {pot.agreement: pot.owed for pot in pots_of(quillbrook, today)}
    assert found == {now: "1 half day", coming: None}
    # While last year's is in force it is said there.
    assert [pot.owed for pot in pots_of(quillbrook, last_year.last_on)] == ["1 half day", None, None]


@pytest.mark.parametrize(("who", "url"), [("hana", "/time/"), ("priya", "/schools/990001/time/")])
def test_it_is_shown_once_with_a_core_offer_and_without(
    request, client, sign_in, last_year, make_core, who, url, today
):
    sign_in(client, request.getfixturevalue(who))
    words = "The service owes Quillbrook Primary School 1 half day."
    assert main_text(client.get(url)).count(words) == 1
    make_core(3420, first_on=today + 301 * A_DAY, last_on=today + 600 * A_DAY)
    assert main_text(client.get(url)).count(words) == 1
    assert cost(client, url) <= AT_MOST
    make_core(3420, first_on=today, last_on=today + 300 * A_DAY)
    assert main_text(client.get(url)).count(words) == 1
    assert cost(client, url) <= AT_MOST


def test_it_is_offered_in_the_form_of_the_new_year(client, sign_in, priya, last_year, make_core, today):
    url = "/schools/990001/visits/book/"
    sign_in(client, priya)
    assert "owed to the school" not in main_text(client.get(url))
    make_core(3420, first_on=today, last_on=today + 300 * A_DAY)
    assert "1 half day is owed to the school." in main_text(client.get(url))


def test_the_lead_reads_it_without_a_core_offer_and_each_school_apart(
    role_of, ruth, owen, admin_person, quillbrook, another_school, make_visit, last_year, make_core, today
):
    def owed():
        return [(str(school), words) for school, words in pots_of_service(role_of(ruth), today).owed]

    assert owed() == [("Quillbrook Primary School", "1 half day")]
    shared = make_core(3420, first_on=today, last_on=today + 300 * A_DAY)
    add_school(shared, another_school, by=admin_person)
    call_off(make_visit(another_school, owen, days=5, pot=shared), "clinician_cancelled")
    call_off(make_visit(days=9), "clinician_cancelled")
    assert owed() == [
        ("Quillbrook Primary School", "2 half days"),
        ("Tansy Hill Primary School", "1 half day"),
    ]


@pytest.fixture
def shared(this_year, another_school, owen, admin_person, make_visit):
    """Quillbrook pays and is owed a half day from the last year; Tansy Hill, with it, one of this year."""
    add_school(this_year, another_school, by=admin_person)
    call_off(make_visit(another_school, owen, days=5, pot=this_year), "clinician_cancelled")
    return this_year


def test_beside_a_shared_core_offer_who_pays_reads_the_sum_and_each_other_school_its_own(
    client, sign_in, ruth, priya, owen, quillbrook, another_school, shared, today
):
    found = pots_of_many([quillbrook, another_school], today)
    assert [[pot.owed for pot in pots] for pots in found.values()] == [["2 half days"], ["1 half day"]]
    assert wrong() == []
    whole = "The service owes Quillbrook Primary School and the schools with it 2 half days."
    own = "The service owes Tansy Hill Primary School 1 half day."
    for who, urn in ((ruth, 990001), (priya, 990001), (ruth, 990002), (owen, 990002)):
        text = main_text(sign_in(client, who).get(f"/schools/{urn}/time/"))
        assert [words in text for words in (whole, own)] == [urn == 990001, urn == 990002]


@pytest.mark.parametrize(("who", "whole"), [("ruth", 1), ("hana", 1), ("sam", 1), ("priya", 1), ("owen", 0)])
def test_so_it_is_on_the_page_of_the_agreement(request, client, sign_in, shared, who, whole):
    text = main_text(sign_in(client, request.getfixturevalue(who)).get(shared.get_absolute_url()))
    said = (
        "Owed to its schools, from any year 2 half days",
        "Owed to Tansy Hill Primary School, from any year",
    )
    assert [words in text for words in said] == [bool(whole), not whole]
    assert ("2 half days" in text) == bool(whole)


def test_a_school_with_it_reads_its_own_figure_alone(client, sign_in, shared, another_school, admin_person):
    jo = new_person("Jo", "Ashdown")
    school_staff(jo, RoleRow.Kind.BUDGET_HOLDER, another_school, "Head", by=admin_person)
    sign_in(client, jo)
    for url in ("/", "/time/", shared.get_absolute_url()):
        text = main_text(client.get(url, follow=True))
        assert ("1 half day" in text, "2 half days" in text) == (True, False)
    assert cost(client, shared.get_absolute_url()) <= AT_MOST


def test_the_four_sums_of_what_is_owed_are_one(
    shared, last_year, quillbrook, another_school, make_visit, today
):
    """Two schools, a pot they share, two years; one extra visit cleared part of it."""
    finish(make_visit(started=True, clears_owed=True, pot=shared))
    schools = [quillbrook, another_school]
    each = {here.pk: owed_to(here) for here in schools}
    assert each == {quillbrook.pk: 90, another_school.pk: 180}
    annotated = Partnership.objects.with_owed().filter(pk__in=each)
    assert {here.pk: here.owed for here in annotated} == each
    of = {last_year: [quillbrook], shared: schools}
    rows = AgreementSchool.objects.annotate(together=OWED_TO_ITS_SCHOOLS, own=OWED_TO_IT)
    for pot, members in of.items():
        total = sum(each[here.pk] for here in members)
        assert owed_on(pot, today) == total
        assert {(row.partnership_id, row.together, row.own) for row in rows.filter(agreement=pot)} == {
            (here.pk, total, each[here.pk]) for here in members
        }


def test_the_page_of_the_core_offer_of_today_alone_says_what_is_owed_from_any_year(
    client, sign_in, ruth, last_year, this_year, bought
):
    sign_in(client, ruth)
    said = [main_text(client.get(pot.get_absolute_url())) for pot in (last_year, this_year, bought)]
    words = "Owed to the school, from any year 1 half day"
    assert [words in text for text in said] == [False, True, False]


# Statements.


def test_a_statement_says_what_was_owed_on_its_last_day_and_stays_so(
    last_year, this_year, make_visit, ruth, priya, today
):
    def stated(pot, days):
        last_on, first_on = today + days * A_DAY, next_statement_from(pot)
        at = local(last_on + A_DAY, 9)
        paper = give_out_statement(pot, first_on=first_on, last_on=last_on, by=ruth, at=at)
        return paper.pk

    def owed(paper):
        said = str(Statement.objects.get(pk=paper).blocks)
        return [words for words in ("1 half day", "1 hour 30 minutes") if f"any year', '{words}']" in said]

    first = stated(this_year, 0)
    finish(make_visit(started=True, clears_owed=True))
    second, of_last_year = stated(this_year, 1), stated(last_year, 0)
    papers = [owed(paper) for paper in (first, second, of_last_year)]
    assert papers == [["1 half day"], ["1 hour 30 minutes"], ["1 half day"]]


def test_a_statement_of_bought_time_says_nothing_of_it(this_year, bought, ruth, today):
    days = {"first_on": next_statement_from(bought), "last_on": today}
    paper = give_out_statement(bought, by=ruth, at=local(today + A_DAY, 9), **days)
    assert "Owed to" not in str(paper.blocks)
