"""Two workers, PgBouncer, a primary and a replica, as docs/operations.md sets them up: what is done through
them, what may be seconds old and what never is, and what is lost when one of them dies in the middle."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse

from schools.services import add_period
from tests.filling import problems
from tests.machines.cluster import Cluster
from tests.machines.person import OpenForm, Person
from tests.machines.pool import Pool
from tests.machines.product import environment
from tests.machines.programs import ROOT, missing, until
from tests.machines.web import Web
from tests.signing_in import give_app

pytestmark = pytest.mark.django_db(transaction=True)
SAVERS, EACH = 4, 5
LIBRARY, OVERVIEW, COVERAGE = "/library/", "/overview/", "/coverage/figures.csv"
NEW = "A title of a second ago"
# What a worker would find: of the replica, and of the server at another port.
LOOK = """
import sys, django
django.setup()
from django.db import connections
from web.replica import what_is_wrong
print(what_is_wrong())
connections.close_all()
connections.settings["replica"]["PORT"] = sys.argv[1]
print(what_is_wrong())
"""


@pytest.fixture
def folder():
    """Short, for a socket's path, and one that the server's own account may enter."""
    with TemporaryDirectory(prefix="fortnight-") as name:
        yield Path(name)


@pytest.fixture
def world(priya, sam, kit, ruth, owen, make_plan, calendar, service, today, admin_person, themes, library):
    """What is there before: a sent plan, a visit of today, a term that is over, the library."""
    days = today - timedelta(days=500), today - timedelta(days=410)
    add_period(service, "term", *days, by=admin_person, name="A term that is over")
    people = {"priya": priya, "sam": sam, "kit": kit, "ruth": ruth, "owen": owen}
    plan = make_plan("sent")
    visit = plan.case.consultations.get().visit
    apps = {name: give_app(person) for name, person in people.items()}
    return SimpleNamespace(plan=plan, visit=visit, accounts=people, apps=apps, theme=themes["worry"].pk)


@pytest.fixture
def machines(world, folder):
    """All of them started, with a copy of this test's database."""
    if missing():
        pytest.skip(f"Debian packages are missing: {', '.join(missing())}")
    primary, replica = Cluster(folder, "primary"), Cluster(folder, "replica")
    pool = Pool(folder, primary, replica)
    web = Web(through(pool, folder), folder / "web.log")
    started = []
    try:
        primary.make()
        primary.configure("postgresql-primary.conf")
        started.append(primary)
        primary.start()
        primary.copy(connection)
        replica.copy_of(primary)
        started.append(replica)
        replica.start()
        started.append(pool)
        pool.start()
        started.append(web)
        web.start()
        here = SimpleNamespace(primary=primary, replica=replica, pool=pool, web=web)
        here.people = {name: Person(web.port) for name in world.accounts}
        web.wait_until_it_answers()
        yield here
    finally:
        for machine in reversed(started):
            machine.stop()


def through(pool, folder):
    # So long that a test on a busy machine is not the one that finds it too far behind.
    behind = {"POOLED": "true", "REPLICA_BEHIND_AT_MOST": "300"}
    return environment(pool.url("fortnight"), folder, REPLICA_URL=pool.url("fortnight_replica"), **behind)


def in_step(machines):
    """Whether the replica has what the primary has now."""
    position = machines.primary.ask("SELECT pg_current_wal_lsn()::text")
    return until(lambda: machines.replica.ask("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", position))


def talk(world):
    return {
        **{"subject": "class", "class_name": "Year 3 Otters", "minutes": "30", "themes": [str(world.theme)]},
        **{"tried_nothing": "on", "agreed": "A calm start.", "risk": "no", "next_step": "nothing_more"},
    }


def test_work_goes_through_them_and_nothing_is_lost_when_some_of_them_die(machines, world):
    everybody_signs_in(machines.people, world)
    wrong_passwords_are_counted_by_all_workers_together(machines.people, world)
    what_may_be_behind_is_and_no_door_is(machines, world)
    a_plan_is_agreed_and_reviewed(machines, world)
    saves_survive_deaths(machines, world)


def everybody_signs_in(people, world):
    for name in ("priya", "sam", "kit", "ruth"):
        assert people[name].sign_in(world.accounts[name], world.apps[name]).status == 302
        assert people[name].get("/").status == 302


def wrong_passwords_are_counted_by_all_workers_together(people, world):
    owen, known = people["owen"], (world.accounts["owen"], world.apps["owen"])
    for _ in range(5):
        assert owen.sign_in(*known, "wrong").status == 200
    assert "Too many" in owen.sign_in(*known).text


def wrong_with_the_replica_and_the_primary(machines):
    env = machines.web.env | {"REPLICA_URL": machines.replica.url(), "REPLICA_BEHIND_AT_MOST": "0"}
    command = [sys.executable, "-c", LOOK, str(machines.primary.port)]
    how = {"capture_output": True, "text": True, "check": True, "cwd": ROOT}
    return subprocess.run(command, env=env, **how).stdout.splitlines()


def what_may_be_behind_is_and_no_door_is(machines, world):
    """The replica is told to stand still, and the primary goes on."""
    assert in_step(machines)
    primary, people = machines.primary, machines.people
    for person in people.values():
        person.forget_writing()
    machines.replica.ask("SELECT pg_wal_replay_pause()")
    first = "(SELECT min(page_ptr_id) FROM resources_strategypage)"
    primary.ask(f"UPDATE wagtailcore_page SET title = %s WHERE id = {first}", NEW)
    # The library is the replica's of before, and the page itself is found in the primary.
    library = people["sam"].get(LIBRARY)
    assert (library.status, NEW in library.text) == (200, False)
    # Who has just sent something is shown what is there now.
    people["sam"].post("/account/stay/", {})
    assert NEW in people["sam"].get(LIBRARY).text
    # The overview is counted in the replica. A role that has ended opens nothing, though it does not know.
    assert people["ruth"].get(COVERAGE).status == 200
    assert people["kit"].get(OVERVIEW).status == 200
    end = "UPDATE accounts_rolerow SET end_on = start_on WHERE person_id = (SELECT id FROM accounts_user "
    primary.ask(f"{end} WHERE email = %s)", world.accounts["kit"].email)
    assert people["kit"].get(OVERVIEW).status == 302
    # One that is behind, or was promoted, is not read.
    behind, promoted = wrong_with_the_replica_and_the_primary(machines)
    assert behind.startswith("it is ")
    assert behind.endswith(" seconds behind")
    assert promoted == "it is no replica"
    machines.replica.ask("SELECT pg_wal_replay_resume()")
    assert in_step(machines)
    people["sam"].forget_writing()
    assert NEW in people["sam"].get(LIBRARY).text


def a_plan_is_agreed_and_reviewed(machines, world):
    sam, reference = machines.people["sam"], world.plan.reference
    agree = OpenForm(sam, reverse("consultations:plan-agree", args=[reference]), answer="agree")
    assert agree.press().status == 302
    review = OpenForm(sam, reverse("consultations:plan-review", args=[reference]), overall="going_well")
    assert review.press().status == 302
    count = "SELECT count(*) FROM consultations_review"
    assert machines.primary.ask(count) == 1
    assert in_step(machines)
    assert machines.replica.ask(count) == 1


def saves_survive_deaths(machines, world):
    """Four tabs save on while a worker, the replica and a worker die. Each form is sent until answered."""
    count = "SELECT count(*) FROM consultations_consultation"
    before, priya = machines.primary.ask(count), machines.people["priya"]
    path = reverse("consultations:consultation-add", args=[world.visit.reference])
    member = machines.primary.ask("SELECT min(id) FROM schools_schoolperson")
    answers = talk(world) | {"staff": [str(member)]}

    def save(number):
        form = OpenForm(priya, path, **answers, concern=f"Concern {number}")
        return priya.until_done(form.press), form.data["form_key"][0]

    with ThreadPoolExecutor(SAVERS) as tabs:
        saves = [tabs.submit(save, number) for number in range(SAVERS * EACH)]
        until(lambda: sum(one.done() for one in saves) > EACH)
        machines.web.kill_one()
        until(lambda: sum(one.done() for one in saves) > 2 * EACH)
        machines.replica.stop()
        pages = [machines.people["sam"].get(LIBRARY).status for _ in range(3)]
        machines.web.kill_one()
        done = [one.result() for one in saves]
    assert pages == [200] * 3
    assert [problems(answer) for answer, _ in done if answer.status != 302] == []
    assert priya.failures == []
    assert len({key for _, key in done}) == SAVERS * EACH
    assert machines.primary.ask(count) == before + SAVERS * EACH
    distinct = "SELECT count(DISTINCT concern) FROM consultations_consultation WHERE concern LIKE 'Concern %'"
    assert machines.primary.ask(distinct) == SAVERS * EACH
    assert machines.people["ruth"].get(OVERVIEW).status == 200
    assert machines.people["ruth"].get(COVERAGE).status == 200
    assert machines.web.said().count("The replica is not read: it does not answer") <= 4
    command = [sys.executable, "manage.py", "verify_history", "--verbosity", "0"]
    env = machines.web.env | {"DATABASE_URL": machines.primary.url(), "REPLICA_URL": "", "POOLED": "false"}
    checked = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Everything is as it was written." in checked.stdout, checked.stdout
