"""Rooms import downwards only, and inside a room modules import leftwards only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "config": ROOT / "site/config",
    "home": ROOT / "site/home",
    "consultations": ROOT / "consultations",
    "schools": ROOT / "schools",
    "resources": ROOT / "resources",
    "accounts": ROOT / "site/accounts",
    "web": ROOT / "site/web",
}
BELOW = {
    "config": {"home", "consultations", "schools", "resources", "accounts", "web"},
    "home": {"consultations", "schools", "resources", "accounts", "web"},
    "consultations": {"schools", "resources", "accounts", "web"},
    "schools": {"accounts", "web"},
    "resources": {"accounts", "web"},
    "accounts": {"web"},
    "web": set(),
}
# `history`, `reading` and `plan_changes` read records for pages and papers; `access` is the base of views.
LEFT_TO_RIGHT = [
    *(
        "querysets",
        "models",
        "triggers",
        "used_time",
        "notice",
        "fortnights",
        "coverage",
        "sentences",
        "prices",
        "order_numbers",
        "wanted",
        "money",
        "billing",
        "printed",
        "states",
        "measures",
        "headway",
        "review_dates",
        "policies",
        "finding",
        "services",
        "consequences",
        "free_slots",
        "balance",
        "history",
        "reading",
        "agenda",
        "agenda_after",
        "reconciling",
        "ratings",
        "check_ins",
        "record_text",
        "record_entries",
        "plan_changes",
        "consultation_changes",
        "doors",
        "unusual",
        "reading_log",
        "timeline_rows",
        "timeline_words",
        "timeline",
        "history_check",
        "papers",
        "sheets",
        "calendar_entries",
        "addresses",
    ),
    *("pdf", "access", "forms", "views", "urls"),
]
# They stand right of `pdf`, and only `apps` and each other import them.
APART = ["mail", "tasks"]
KNOWS_WAGTAIL = {"resources", "config"}


def modules(room):
    return [path for path in ROOMS[room].rglob("*.py") if "migrations" not in path.parts]


def imported(path):
    """(first part, second part) of every import in a file, relative ones left out."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            parts = node.module.split(".")
            yield from ([*parts, alias.name] for alias in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_below_it(room):
    upward = [
        (path.relative_to(ROOT).as_posix(), parts[0])
        for path in modules(room)
        for parts in imported(path)
        if parts[0] in ROOMS and parts[0] not in BELOW[room] | {room}
    ]
    assert upward == []


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"config", "web"}))
def test_a_module_imports_only_modules_to_its_left(room):
    wrong = []
    for path in modules(room):
        name = path.relative_to(ROOMS[room]).parts[0].removesuffix(".py")
        if name not in LEFT_TO_RIGHT:
            continue
        allowed = set(LEFT_TO_RIGHT[: LEFT_TO_RIGHT.index(name) + 1])
        for parts in imported(path):
            if parts[0] == room and len(parts) > 1 and parts[1] not in allowed | {"apps"}:
                wrong.append((path.relative_to(ROOT).as_posix(), ".".join(parts[:2])))
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_only_apps_and_each_other_import_mail_and_tasks(room):
    found = [
        (path.relative_to(ROOT).as_posix(), ".".join(parts[:2]))
        for path in modules(room)
        if path.stem not in [*APART, "apps"]
        for parts in imported(path)
        if parts[0] in ROOMS and len(parts) > 1 and parts[1] in APART
    ]
    assert found == []


def test_mail_and_tasks_import_nothing_right_of_pdf():
    allowed = {*LEFT_TO_RIGHT[: LEFT_TO_RIGHT.index("pdf") + 1], *APART}
    found = [
        (path.relative_to(ROOT).as_posix(), ".".join(parts[:2]))
        for room in ROOMS
        for path in modules(room)
        if path.stem in APART
        for parts in imported(path)
        if parts[0] == room and len(parts) > 1 and parts[1] not in allowed
    ]
    assert found == []


@pytest.mark.parametrize("room", sorted(set(ROOMS) - KNOWS_WAGTAIL))
def test_only_the_library_and_the_settings_know_wagtail(room):
    found = [
        path.relative_to(ROOT).as_posix()
        for path in modules(room)
        if any(parts[0] == "wagtail" for parts in imported(path))
    ]
    assert found == []
