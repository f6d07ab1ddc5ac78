"""Tampering in the database is found, whichever row it is in; what is only read again is not."""

import re
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import cipher
from accounts.services import save_tracked
from consultations.models import Case, CaseLink, CaseStub, Goal, PlanVersion
from consultations.services import leave_stub

RIGHT = "Everything is as it was written.\n"
SECRET = "canary-history-7Q"


@pytest.fixture
def plan(make_consultation, make_plan, make_review):
    """A case with a bit of everything in it."""
    talk = make_consultation(clinical_note=SECRET, tried=[("A chart", "partly")], risk="to_tell")
    plan = make_plan("agreed", consultation=talk)
    make_review(plan, ratings={plan.versions.get().goals.get(): 4})
    return plan


def verify(**options):
    """What was printed: lines of what is wrong, or one text when nothing is."""
    out = StringIO()
    try:
        call_command("verify_history", stdout=out, verbosity=0, **options)
    except CommandError as found:
        lines = out.getvalue().splitlines()
        return lines if found.returncode == 1 and str(found).startswith(f"{len(lines)} found") else found
    return out.getvalue()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def rest(found, plan):
    """What was printed of this case, without its reference and without times."""
    start = f"Case {plan.case.reference}: "
    assert all(line.startswith(start) for line in found), found
    return {re.split(r" of \d| \(link", line.removeprefix(start))[0] for line in found}


def test_what_was_written_through_the_services_is_right(plan):
    assert verify() == RIGHT
    assert verify(case=plan.case.reference) == RIGHT


def test_a_changed_row_of_history_is_found(plan):
    sql("UPDATE consultations_historicalgoal SET expected = 3")
    found = verify()
    assert found[0].startswith(f"Case {plan.case.reference}: Goal of ")
    assert "it is not what was signed when it was written (link" in found[0]
    assert "the record does not say what was written last" in found[1]
    assert len(found) == 2


@pytest.mark.parametrize(
    "column", ["history_change_reason = 'Another'", "history_user_id = NULL", "history_type = '~'"]
)
def test_who_and_why_are_signed_too(plan, column):
    sql(f"UPDATE consultations_historicalreview SET {column}")
    assert rest(verify(), plan) == {"Review"}


def test_a_date_that_was_moved_is_found(plan):
    sql("UPDATE consultations_historicalreview SET history_date = %s", timezone.now())
    assert rest(verify(), plan) == {"Review"}


def test_a_changed_record_is_found(plan):
    sql("UPDATE consultations_consultation SET agreed = 'Something else'")
    (line,) = verify()
    assert "Consultation of " in line
    assert "the record does not say what was written last" in line
    assert "Something else" not in line


def test_a_deleted_row_of_history_is_found(plan):
    sql("DELETE FROM consultations_historicalreview")
    assert rest(verify(), plan) == {
        "Review: a row of its history is gone",
        "Review: the record has no history",
    }


def test_a_row_slipped_into_history_is_found(plan):
    row = Goal.history.get()
    row.history_id, row.expected, row.history_type = row.history_id + 1000, 9, "~"
    row._state.adding = True
    row.save()
    found = verify()
    assert any("a row of its history is in no chain: it was slipped in" in line for line in found)
    assert rest(found, plan) == {"Goal"}


def test_a_record_deleted_or_added_past_the_services_is_found(plan):
    sql("DELETE FROM consultations_goalrating")
    (line,) = verify()
    assert "Goal rating of " in line
    assert "the record is gone, and nobody struck it out" in line


def test_the_last_link_and_the_end_of_the_chain_cut_off_are_found(plan):
    last, before = CaseLink.objects.filter(case=plan.case).order_by("-number")[:2]
    sql("DELETE FROM consultations_caselink WHERE id = %s", last.pk)
    sql("UPDATE consultations_casechain SET length = %s, mac = %s", before.number, before.mac)
    assert any("is in no chain" in line for line in verify())


def test_a_link_taken_out_of_the_middle_is_found(plan):
    sql("DELETE FROM consultations_caselink WHERE number IN (4, 5)")
    assert f"Case {plan.case.reference}: links 4 to 5 of its chain are gone" in verify()


def test_two_links_that_changed_places_are_found(plan):
    sql("UPDATE consultations_caselink SET number = number + 1000 WHERE number = 4")
    sql("UPDATE consultations_caselink SET number = 4 WHERE number = 5")
    sql("UPDATE consultations_caselink SET number = 5 WHERE number = 1004")
    found = verify()
    assert len(found) == 3
    assert all("it is not what was signed" in line for line in found)


@pytest.mark.parametrize("change", ["length = length + 1", "mac = 'another'"])
def test_an_end_that_is_not_the_end_is_found(plan, change):
    sql(f"UPDATE consultations_casechain SET {change}")
    assert verify() == [f"Case {plan.case.reference}: its chain does not end where it should"]


@pytest.mark.parametrize("table", ["historicalclinicalnote", "clinicalnote"])
def test_another_ciphertext_in_a_note_is_found_and_none_of_it_printed(plan, table):
    sql(f"UPDATE consultations_{table} SET text = %s", cipher().encrypt(b"canary-forged").decode())
    found = verify()
    assert rest(found, plan) == {"Clinical note"}
    assert not any(SECRET in line or "canary-forged" in line for line in found)


def test_a_text_that_no_key_opens_is_found(plan):
    sql("UPDATE consultations_historicalclinicalnote SET text = 'no ciphertext'")
    assert rest(verify(), plan) == {"Clinical note: its encrypted text cannot be opened"}


def test_a_link_to_no_table_and_to_no_column_is_found(plan):
    sql("UPDATE consultations_caselink SET \"table\" = 'consultations.Nothing' WHERE number = 3")
    sql("UPDATE consultations_caselink SET columns = 'nothing' WHERE number = 4")
    found = rest(verify(), plan)
    assert "Unknown table: a row of its history is gone" in found


def test_one_case_is_checked_by_itself(plan, make_consultation):
    other = make_consultation()
    sql("UPDATE consultations_case SET pupils = 4 WHERE id = %s", other.case_id)
    assert verify(case=plan.case.reference) == RIGHT
    assert len(verify(case=other.case.reference)) == len(verify()) == 1
    with pytest.raises(CommandError, match="There is no case C-0000-000"):
        call_command("verify_history", case="C-0000-000")


def test_a_new_key_for_notes_leaves_the_chain_whole(plan, settings):
    settings.NOTE_KEYS = [Fernet.generate_key().decode(), *settings.NOTE_KEYS]
    call_command("rotate_note_keys")
    settings.NOTE_KEYS = settings.NOTE_KEYS[:1]
    assert verify() == RIGHT


def test_a_new_key_for_history_signs_from_now_on_and_the_old_one_still_verifies(
    plan, priya, settings, capsys
):
    call_command("new_history_key")
    settings.HISTORY_KEYS = [capsys.readouterr().out.strip(), *settings.HISTORY_KEYS]
    save_tracked(Case.objects.get(), by=priya, reason="Looked over")
    assert verify() == RIGHT
    assert CaseLink.objects.values_list("key_id", flat=True).distinct().count() == 2
    settings.HISTORY_KEYS = settings.HISTORY_KEYS[:1]
    assert len(verify()) == CaseLink.objects.count() - 1


def test_a_library_page_that_was_deleted_is_no_tampering(plan, library, priya):
    step, page = plan.versions.get().steps.get(), next(iter(library.values()))
    step.strategy = page
    save_tracked(step, by=priya, reason="Taken from the library")
    page.delete()
    assert verify() == RIGHT


def test_a_receipt_shows_a_case_rolled_back_to_what_it_was(plan, priya, tmp_path):
    case, receipt = plan.case, tmp_path / "receipt.txt"
    save_tracked(case, by=priya, reason="Looked over")
    assert (
        verify(write_receipt=str(receipt))
        == f"{receipt}: 1 cases. Keep it where the database is not.\n" + RIGHT
    )
    last, before = CaseLink.objects.filter(case=case).order_by("-number")[:2]
    sql("DELETE FROM consultations_caselink WHERE id = %s", last.pk)
    sql("UPDATE consultations_casechain SET length = %s, mac = %s", before.number, before.mac)
    sql("DELETE FROM consultations_historicalcase WHERE history_id = %s", last.history_id)
    sql("UPDATE consultations_case SET version = version - 1")
    assert verify() == RIGHT
    assert verify(receipt=str(receipt)) == [
        f"Case {case.reference}: its history is cut off: it no longer holds what the receipt says it did"
    ]


def test_a_receipt_that_was_changed_is_refused(plan, tmp_path):
    receipt = tmp_path / "receipt.txt"
    verify(write_receipt=str(receipt))
    for text in (receipt.read_text().replace(" ", "  ", 1), "", "signed x y\n", "nothing"):
        receipt.write_text(text)
        with pytest.raises(CommandError, match="is no receipt of this service, or was changed"):
            call_command("verify_history", receipt=str(receipt), verbosity=0)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("verify_history", receipt=str(tmp_path / "none"), verbosity=0)


def destroy(case):
    """What the service for retention will do; past every guard, as an attacker would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        tables = [
            name for name in connection.introspection.table_names(cursor) if name.startswith("consultations_")
        ]
        for name in tables:
            if name not in ("consultations_casestub",):
                if connection.vendor == "postgresql":
                    cursor.execute(f'DELETE FROM "{name}"')
                else:
                    cursor.execute("PRAGMA defer_foreign_keys = ON")
                    cursor.execute(f'DELETE FROM "{name}"')


def test_a_case_that_is_gone_is_found_unless_a_stub_says_why(plan, ruth, tmp_path):
    receipt, case = tmp_path / "receipt.txt", plan.case
    verify(write_receipt=str(receipt))
    with transaction.atomic():
        destroy(case)
        assert verify(receipt=str(receipt)) == [
            f"Case {case.reference}: the whole case is gone, and no stub says that it was destroyed"
        ]
        transaction.set_rollback(True)
    stub = leave_stub(case, by=ruth, at=timezone.now(), certificate="D-0001")
    assert verify() == [f"Case {case.reference}: a stub says it was destroyed, and it is still there"]
    destroy(case)
    assert verify(receipt=str(receipt)) == RIGHT
    sql("UPDATE consultations_casestub SET certificate = 'D-0002'")
    forged = "the stub that says it was destroyed is not signed by this service"
    gone = "the whole case is gone, and no stub says that it was destroyed"
    assert verify(receipt=str(receipt)) == [f"Case {case.reference}: {what}" for what in (forged, gone)]
    assert CaseStub.objects.get() == stub


def test_a_case_is_destroyed_once(plan, ruth):
    leave_stub(plan.case, by=ruth, at=timezone.now(), certificate="D-0001")
    with pytest.raises(IntegrityError), transaction.atomic():
        leave_stub(plan.case, by=ruth, at=timezone.now(), certificate="D-0002")


def test_what_was_written_before_there_were_chains_is_signed_once(plan, priya):
    sql("DELETE FROM consultations_caselink")
    sql("DELETE FROM consultations_casechain")
    save_tracked(PlanVersion.objects.get(), by=priya, reason="Looked over")
    unsigned = "no signed history: written before signing began, or the signatures were deleted"
    assert f"Case {plan.case.reference}: its opening has {unsigned}" in verify()
    assert not any("start_history_chain" in line for line in verify())
    call_command("start_history_chain", verbosity=0, stdout=StringIO())
    assert verify() == RIGHT
    sql("UPDATE consultations_historicalgoal SET expected = 3")
    out = StringIO()
    call_command("start_history_chain", verbosity=0, stdout=out)
    assert out.getvalue() == "0 rows of history signed.\n"
    assert rest(verify(), plan) == {"Goal"}


def test_whoever_deletes_the_links_and_has_it_signed_again_is_seen_by_the_receipt_alone(plan, tmp_path):
    receipt = tmp_path / "receipt.txt"
    verify(write_receipt=str(receipt))
    sql("UPDATE consultations_historicalgoal SET expected = 3")
    sql("UPDATE consultations_goal SET expected = 3")
    sql("DELETE FROM consultations_caselink")
    sql("DELETE FROM consultations_casechain")
    call_command("start_history_chain", verbosity=0, stdout=StringIO())
    assert verify() == RIGHT
    cut_off = "its history is cut off: it no longer holds what the receipt says it did"
    assert verify(receipt=str(receipt)) == [f"Case {plan.case.reference}: {cut_off}"]
