"""The minutes of a visit put right, and a charge taken back: old and new are seen first."""

import pytest
from django.utils import timezone

from schools.models import TimeEntry
from schools.querysets import Numbers
from schools.services import call_off_visit
from tests.filling import banners, main_text, parsed, problems

Kind = TimeEntry.Kind


def test_a_correction_shows_old_and_new_and_is_saved_after_that(core, done, open_form):
    form = open_form(done, "correct", reason="typed_wrongly", minutes_with_staff="60")
    form.page = form.send()
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in parsed(form.page).select("tbody tr")
    ]
    assert rows[0] == ["What Minutes with staff", "It was 90", "It will be 60"]
    assert (
        "1 hour counts as used, where it was 1 hour 30 minutes: 30 minutes are given back to the school."
        in main_text(form.page)
    )
    assert core.entries.numbers().used == 90

    page = form.client.post(form.url, form.whole(), follow=True)
    assert banners(page) == ["Minutes corrected. It shows on the statement."]
    assert core.entries.numbers() == Numbers(had=3420, used=60)
    assert "1 hour with staff" in main_text(page)


def test_staff_trained_are_put_right_with_the_minutes(core, done, open_form):
    said = {"reason": "left_out", "minutes_training": "30", "staff_trained": "9"}
    form = open_form(done, "correct", **said)
    form.page = form.send()
    assert "Number of staff trained It was none It will be 9" in main_text(form.page)
    page = form.client.post(form.url, form.whole(), follow=True)
    assert "30 minutes of staff training for 9 staff" in main_text(page)


@pytest.mark.parametrize("value", ["0", "-1", "501", "two", "9" * 30])
def test_a_number_of_staff_that_is_none_is_refused(core, done, open_form, value):
    form = open_form(done, "correct", reason="left_out", minutes_training="30")
    assert len(problems(form.send(staff_trained=value))) == 1


def test_nobody_is_trained_in_no_time(core, done, open_form):
    form = open_form(done, "correct", reason="left_out")
    assert problems(form.send(staff_trained="9")) == [
        "Leave out the number of staff trained, or enter minutes of staff training"
    ]


def test_changing_the_minutes_again_shows_them_again(core, done, open_form):
    form = open_form(done, "correct", reason="typed_wrongly", minutes_with_staff="60")
    form.page = form.send()
    assert form.send(minutes_with_staff="45").status_code == 200
    assert core.entries.numbers().used == 90


def test_a_correction_says_why(core, done, open_form):
    page = open_form(done, "correct", minutes_with_staff="60").send()
    assert problems(page) == ["Select why you are changing it"]


@pytest.mark.parametrize("value", ["", "-1", "601", "1.5", "9" * 30, "\0", "ninety"])
def test_minutes_that_are_none_are_refused(core, done, open_form, value):
    page = open_form(done, "correct", reason="typed_wrongly").send(minutes_with_staff=value)
    assert len(problems(page)) == 1
    assert core.entries.numbers().used == 90


def test_a_correction_sent_again_is_made_once(core, done, open_form):
    form = open_form(done, "correct", reason="typed_wrongly", minutes_with_staff="60")
    form.page = form.send()
    whole = form.whole()
    assert form.client.post(form.url, whole).url == form.client.post(form.url, whole).url
    assert core.entries.filter(corrects__isnull=False).count() == 1


# Taking a charge back later.


@pytest.fixture
def charged(core, make_visit):
    visit = make_visit(days=2)
    said = {"outcome": "school_cancelled", "by": visit.clinician, "at": timezone.now()}
    return call_off_visit(visit, opened_version=visit.version, **said)


@pytest.mark.parametrize("who", ["priya", "ruth"])
def test_a_charge_is_taken_back_with_a_reason(request, client, sign_in, core, open_form, charged, who):
    form = open_form(charged, "waive", request.getfixturevalue(who))
    assert "1 half day counts as used for this visit." in main_text(form.page)
    assert problems(form.send()) == ["Select why the charge is taken back"]
    whole = form.whole(reason="goodwill")
    page = form.client.post(form.url, whole, follow=True)
    assert banners(page) == ["The charge is taken back. It shows on the statement."]
    assert "Take back the charge" not in main_text(page)
    form.client.post(form.url, whole)
    assert core.entries.numbers() == Numbers(had=3420)
    again = form.client.get(form.url, follow=True)
    assert banners(again)[-1] == "There is no charge to take back."
