"""Papers whose PDF was taken before they said so themselves: the audit knows, and the next one is a copy."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from accounts.models import AuditEvent, RoleRow
from accounts.services import log_event
from schools.models import Invoice, Statement
from schools.services import take_pdf
from tests.cast import give_role
from tests.orders import money_papers_of

NAME = "0062_papers_taken_before"
HOUR = timedelta(hours=1)


@pytest.fixture
def papers(quillbrook, ruth):
    """A statement, an invoice and its credit note, made two days ago."""
    statement, invoice, note = money_papers_of(quillbrook, by=ruth, at=timezone.now())
    for model in (Statement, Invoice):
        model._base_manager.update(made_at=timezone.now() - timedelta(days=2))
    return [type(one).objects.get(pk=one.pk) for one in (statement, invoice, note)]


@pytest.fixture
def took():
    """An event as it was written then, so many hours after the paper was made."""

    def write(paper, person, hours, what="PDF"):
        at = paper.made_at + hours * HOUR
        said = {"person": person, "service": paper.service, "detail": f"{paper} as {what}"}
        log_event(AuditEvent.Kind.EXPORTED, at=at, **said)

    return write


def migrate():
    apps = MigrationLoader(connection, replace_migrations=False).project_state([("schools", NAME)]).apps
    import_module(f"schools.migrations.{NAME}").write_when_taken(apps, None)


def hours(paper):
    """When the school took it, and when the service, in hours after it was made."""
    paper = type(paper).objects.get(pk=paper.pk)
    return [at and (at - paper.made_at) // HOUR for at in (paper.taken_at, paper.kept_at)]


def test_each_side_has_the_first_time_that_it_was_taken(papers, took, ruth, hana, bo, role_of):
    statement, invoice, note = papers
    for person, after in ((ruth, 5), (hana, 7), (ruth, 6), (bo, 3)):
        took(statement, person, after)
    took(invoice, hana, 1)
    took(note, ruth, 2)
    migrate()
    assert [hours(paper) for paper in papers] == [[3, 5], [1, None], [None, 2]]
    said = {"role": role_of(hana), "by": hana, "at": timezone.now()}
    assert [take_pdf(paper, **said) for paper in (invoice, note)] == [True, False]


def test_whose_role_does_not_say_it_took_it_for_both(papers, took, ruth, hana, sam, quillbrook, admin_person):
    statement, invoice, note = papers
    give_role(hana, RoleRow.Kind.SERVICE_LEAD, quillbrook.service, by=admin_person)
    for number, person in enumerate((hana, sam, None)):
        took(papers[number], person, 4)
        took(papers[number], ruth, 9)
    migrate()
    assert [hours(paper) for paper in papers] == [[4, 4]] * 3


def test_a_role_counts_on_the_days_it_was_held(papers, took, hana):
    RoleRow._base_manager.filter(person=hana).update(end_on=timezone.localdate() - timedelta(days=9))
    took(papers[1], hana, 4)
    migrate()
    assert hours(papers[1]) == [4, 4]


def test_what_is_no_pdf_of_this_paper_takes_nothing(papers, took, hana, other_service_school):
    statement, invoice, note = papers
    took(statement, hana, 4, what="CSV")
    took(statement, hana, -4)
    said = {"person": hana, "detail": f"{invoice} as PDF", "service": other_service_school.service}
    log_event(AuditEvent.Kind.EXPORTED, at=timezone.now(), **said)
    migrate()
    assert [hours(paper) for paper in papers] == [[None, None]] * 3


def test_what_was_written_since_stays(papers, took, ruth, hana, role_of):
    statement, invoice, _ = papers
    for paper in (statement, invoice):
        took(paper, hana, 1)
        take_pdf(paper, role=role_of(ruth), by=ruth, at=paper.made_at + 5 * HOUR)
        took(paper, ruth, 2)
        took(paper, None, 9)
    migrate()
    assert [hours(paper) for paper in (statement, invoice)] == [[1, 5], [1, 5]]
