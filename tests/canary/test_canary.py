"""Every person at every door: a word of a record is met where the matrix says so, and nowhere else."""

from collections import defaultdict

import pytest

from . import doors, markers
from .going_round import go_round
from .matrix import FIELDS, STATES, may_meet, must_meet

# The code of a page asks PostgreSQL what it asks SQLite; which rows it gets is tried on both (test_rows.py).
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
AT_LEAST = 5_000
# Every how many doors of a kind somebody reads and presses; each person begins at another.
SELDOM = {"priya": (1, 30), "sam": (1, 12), "tess": (3, 24), "ruth": (1, 30)}
OTHERS = (14, 60)
# Who reads every page of time and money, what is their own and what is not; how often they press a button.
OF_MONEY, PRESSED = {"hana", "nina", "ruth", "sam", "priya"}, 5

NOT_OF_A_CASE = ("Agreement.", "Order.", "EntryQuery.", "Service.", "SchoolPerson.", "CalendarPeriod.")
BUTTONS = {
    *("schools:order-approve", "schools:order-cancel", "schools:order-accept", "schools:agreement-send"),
    *("schools:agreement-take-back", "schools:adjustment-agree", "schools:adjustment-decline"),
}


def doors_of(world, actor):
    number = world.actors.index(actor)
    seldom = dict(zip(("get", "post"), SELDOM.get(actor.name, OTHERS), strict=True))
    counted = defaultdict(int)
    for door in doors.doors():
        kind = door.name, door.method
        counted[kind] += 1
        of_money = door.is_of_money and actor.name in OF_MONEY
        every = (PRESSED if door.method == "post" else 1) if of_money else seldom[door.method]
        if counted[kind] == 1 or (counted[kind] + number) % every == 0:
            yield door
    yield from doors.searches(world.words.some()[number % 3 :][:1], world.words)
    yield from doors.forged_drafts()
    yield from doors.half_bought()
    yield from doors.accounts()
    every = 1 if actor.name in SELDOM else 4
    yield from list(doors.compared_versions())[number % every :: every]
    if actor.name in ("ruth", "sam", "femi"):
        yield from doors.notes_with_a_reason()
        yield from doors.handovers_with_a_reason()


@pytest.fixture(scope="module")
def met(world):
    """What everybody met, as (actor, door, status, words)."""
    return [
        (actor, *found)
        for actor in world.actors
        for found in go_round(world, actor, list(doors_of(world, actor)))
    ]


def test_every_text_of_every_record_is_a_marker_or_excused(world):
    wanted = [(model, name) for model in markers.our_models() for name in markers.texts_of(model)]
    bare = [
        f"{model.__name__}.{name}"
        for model, name in wanted
        if not markers.is_excused(model, name)
        and not any(map(markers.PATTERN.search, markers.values_of(model, name)))
    ]
    assert bare == []


def test_the_matrix_says_something_of_every_word_and_no_more(world):
    words = world.words.told.values()
    assert {word.field for word in words} == set(FIELDS)
    assert {word.state for word in words if not word.state.startswith("draft of ")} == set(STATES)


def test_nobody_meets_a_word_that_the_matrix_does_not_give_them(world, met):
    leaks = {
        f"{actor.name} {door.method} {door.name}: {word.field}, {word.state}, {word.place}"
        for actor, door, _, words in met
        for word in words
        if not may_meet(actor, word, door)
    }
    assert sorted(leaks) == []


def test_nothing_of_time_and_money_says_a_word_of_a_case_to_anybody(met):
    """Not even to those who may read the case: such pages and papers are read by others, and passed on."""
    told = {
        f"{actor.name} {door.method} {door.name}: {word.field}, {word.state}"
        for actor, door, _, words in met
        for word in words
        if door.is_of_money and not word.field.startswith(NOT_OF_A_CASE)
    }
    assert sorted(told) == []


def test_every_page_and_paper_of_time_and_money_was_read(met):
    opened = {door.name for _, door, status, _ in met if door.is_of_money and status == 200}
    wanted = {door.name for door in doors.doors() if door.is_of_money and door.name not in BUTTONS}
    assert sorted(wanted - opened) == []


def test_every_open_cell_of_the_matrix_is_met_somewhere(world, met):
    tried, seen = defaultdict(set), set()
    for actor, door, _, words in met:
        tried[actor.name].add(door)
        seen |= {(actor.column, word.field, word.state) for word in words}
    unmet = {
        (actor.column, word.field, word.state)
        for actor in world.actors
        for word in set(world.words.told.values())
        if must_meet(actor, word, tried[actor.name])
    }
    assert sorted(unmet - seen) == []


def test_no_door_breaks(met):
    assert {(door.name, door.method, door.url) for _, door, status, _ in met if status >= 500} == set()


def test_there_were_thousands_of_probes(met, capsys):
    with capsys.disabled():
        print(f"\n{len(met):,} probes")
    assert len(met) >= AT_LEAST


def test_no_word_is_logged(met, heard, world):
    assert len(heard) > 100
    assert [said for said in heard if world.words.found_in(said)] == []


def test_no_word_is_in_an_e_mail(world):
    texts = [f"{letter.message()} {letter.to}" for letter in world.letters]
    assert {word for text in texts for word in world.words.found_in(text)} == set()
