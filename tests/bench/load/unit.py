"""The half year of one service that is copied: every row of it, as a database holds them."""

from datetime import date, datetime, timedelta

from .tables import columns, is_history, models, references

YEARS_BEFORE = 10
READINGS = ["consultations:case", "consultations:consultation", "consultations:case"]


class Unit:
    """Rows by model and key. `rows[model][key]` is {column: value}; keys are the ones they were read with."""

    def __init__(self, rows):
        self.rows = rows

    def of(self, name):
        [model] = [model for model in self.rows if model._meta.model_name == name]
        return self.rows[model]

    def copy(self):
        return Unit({model: {key: {**row} for key, row in rows.items()} for model, rows in self.rows.items()})

    def keep(self, name, wanted):
        """Drops the rows of one table that are not wanted, and whatever refers to them."""
        rows = self.of(name)
        for key in [key for key, row in rows.items() if not wanted(row)]:
            del rows[key]
        while self.dropped():
            pass
        return self

    def dropped(self):
        """Whether something was dropped because what it refers to is gone."""
        count = 0
        for model, rows in self.rows.items():
            for key, row in [*rows.items()]:
                for column, other in references(model).items():
                    if row[column] is None or row[column] in self.rows[other]:
                        continue
                    if is_history(model) and column != "id":
                        row[column] = None
                    else:
                        del rows[key]
                        count += 1
                        break
        return count


def read(cursor):
    """Everything in a database, with Django's cursor or the one of a driver."""
    found = {}
    for model in models():
        names = columns(model)
        listed = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f'SELECT {listed} FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"')
        key = names.index(model._meta.pk.column)
        found[model] = {
            row[key]: dict(zip(names, map(as_text, row), strict=True)) for row in cursor.fetchall()
        }
    return Unit(found)


def as_text(value):
    return str(value) if isinstance(value, date | datetime) else value


def of_one_service(unit, name, schools=None):
    """Only what belongs to the service of that name, and at most so many of its schools."""
    [service] = [row["id"] for row in unit.of("service").values() if row["name"] == name]
    here = [row for row in unit.of("partnership").values() if row["service_id"] == service][:schools]
    partnerships, places = {row["id"] for row in here}, {row["school_id"] for row in here}
    unit.keep("service", lambda row: row["id"] == service)
    unit.keep("partnership", lambda row: row["id"] in partnerships)
    unit.keep("school", lambda row: row["id"] in places)
    begin_long_ago(unit)
    for row in unit.of("casechain").values():
        row |= {"length": 0, "mac": ""}
    for row in unit.of("step").values():
        row["strategy_id"] = None
    for row in unit.of("historicalstep").values():
        row["strategy_id"] = None
    add_readings(unit)
    return unit


def begin_long_ago(unit):
    """Whoever works there today did so when the oldest of it was written."""
    for name, column in [("partnership", "started_on"), ("rolerow", "start_on")]:
        for row in unit.of(name).values():
            row[column] = earlier(row[column], 365 * YEARS_BEFORE)


def earlier(day, days):
    return str(date.fromisoformat(day[:10]) - timedelta(days=days)) + day[10:]


def add_readings(unit):
    """The demo opens no page, so this is a guess: after each consultation its author looks at the case and at
    what was written, and one of the school at what was shared."""
    roles, cases, rows = unit.of("rolerow"), unit.of("case"), unit.of("reading")
    rows.clear()
    clinicians = {row["person_id"]: row["id"] for row in roles.values() if row["kind"] == "clinician"}
    staff = {row["partnership_id"]: row for row in roles.values() if row["kind"] == "link_staff"}
    for talk in unit.of("consultation").values():
        case = cases[talk["case_id"]]
        there = staff.get(case["partnership_id"])
        for number, door in enumerate(READINGS):
            person, role = talk["author_id"], clinicians.get(talk["author_id"])
            if number == 2 and there:
                person, role = there["person_id"], there["id"]
            if role is None:
                continue
            rows[len(rows) + 1] = {
                "id": len(rows) + 1, "person_id": person, "role_id": role, "case_id": case["id"],
                "record": case["reference"], "door": door, "reason": "", "read_at": talk["written_at"],
            }  # fmt: skip


def as_it_ended(unit):
    """The same half year long afterwards: nothing waits, every plan ended and every case is closed."""
    done = unit.copy()
    done.keep("visit", lambda row: row["finished_at"])
    done.keep("safeguardingmatter", lambda row: row["told_at"])
    done.keep("entryquery", lambda row: row["answered_at"])
    done.keep("adjustment", lambda row: row["decided_at"])
    done.keep("discussionrequest", lambda row: False)
    done.keep("order", lambda row: row["state"] in ("agreed", "in_use", "used_up"))
    open_plans = {
        row["plan_id"] for row in done.of("planversion").values() if row["status"] in ("draft", "sent")
    }
    done.keep("plan", lambda row: row["id"] not in open_plans)
    for row in done.of("plan").values():
        if row["ended_on"] is None:
            row |= {"ended_on": row["review_on"] or row["first_sent_at"][:10], "ending": "finished"}
    for row in done.of("agreement").values():
        row |= {"state": "ended", "ended_at": row["ended_at"] or f"{row['last_on']} 02:00:00"}
    close_cases(done)
    return done


def close_cases(unit):
    moves, ends = unit.of("stagemove"), {}
    for talk in unit.of("consultation").values():
        ends[talk["case_id"]] = talk["held_at"], talk["author_id"]
    number = max(moves, default=0)
    for case in unit.of("case").values():
        if case["stage"] == "closed" or case["id"] not in ends:
            continue
        case["stage"] = "closed"
        number, (at, by) = number + 1, ends[case["id"]]
        moves[number] = {
            "id": number, "version": 1, "case_id": case["id"], "stage": "closed", "moved_on": at[:10],
            "reason": "The school goes on with what helps.", "decided_by": "The school and the clinician",
            "written_at": at, "written_by_id": by,
        }  # fmt: skip
