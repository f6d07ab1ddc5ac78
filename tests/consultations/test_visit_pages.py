"""C2 and C8: the visit, its start and its end."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Draft
from schools.models import Visit
from tests.cast import give_role
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.plans import next_weekday
from web.words import clock


def url(page, visit):
    return reverse(f"consultations:{page}", args=[visit.reference])


def test_a_visit_is_started_by_a_button(client, sign_in, priya, make_visit):
    visit = make_visit()
    page = sign_in(client, priya).get(visit.get_absolute_url())
    assert "Add a consultation" not in main_text(page)
    response = client.post(url("visit-start", visit))
    page = client.get(response.url)
    assert (banners(page), "Add a consultation" in main_text(page)) == (["Visit started."], True)
    assert Visit.objects.get().started_at is not None


def test_pressing_start_twice_keeps_the_first_time(client, sign_in, priya, visit):
    sign_in(client, priya).post(url("visit-start", visit))
    assert Visit.objects.get().started_at == visit.started_at


def test_the_visit_counts_its_consultations_and_minutes(client, sign_in, priya, visit, make_consultation):
    make_consultation(minutes=30)
    make_consultation(minutes=45)
    text = main_text(sign_in(client, priya).get(visit.get_absolute_url()))
    assert "2 consultations, 1 hour 15 minutes of 3 hours." in text


def test_the_visit_counts_the_plans_of_its_school_due_for_review(
    client, sign_in, priya, visit, make_plan, today
):
    sign_in(client, priya)
    assert "No plans need a review." in main_text(client.get(visit.get_absolute_url()))
    soon = next_weekday(today + timedelta(days=2))
    for review_on in (soon, soon, today + timedelta(weeks=20)):
        make_plan("agreed", review_on=next_weekday(review_on))
    make_plan("sent", review_on=soon)
    assert "2 plans due for review" in main_text(client.get(visit.get_absolute_url()))


@pytest.fixture
def finishing(tab, priya, visit, make_consultation):
    """C8, open, of a visit that began an hour ago or more with one talk of 30 minutes on it."""
    make_consultation(minutes=30)
    visit.refresh_from_db()
    ends = timezone.localtime(visit.started_at) + timedelta(minutes=1)
    return tab(priya, url("visit-finish", visit), ended_time=f"{ends:%H:%M}", minutes_writing_up="15")


def test_two_numbers_and_a_time_lock_the_visit(finishing, visit):
    assert as_sent(finishing.page)["minutes_with_staff"] == ["30"]
    response = finishing.send()
    assert banners(finishing.client.get(response.url)) == ["Visit finished. Its time is locked."]
    done = Visit.objects.get()
    assert (done.outcome, done.minutes_with_staff, done.minutes_other) == ("done", 30, 15)


def test_a_visit_that_ends_before_it_starts_says_when_it_started(finishing, visit):
    start = timezone.localtime(visit.started_at)
    page = finishing.send(ended_time="00:00", minutes_writing_up="25")
    words = f"The time you finished must be after {clock(start)}, when you started"
    assert problems(page) == [words]
    assert as_sent(page)["minutes_writing_up"] == ["25"]
    assert Visit.objects.get().finished_at is None


@pytest.mark.parametrize("minutes", ["-1", "601", "9" * 400])
def test_minutes_have_bounds(finishing, minutes):
    page = finishing.send(minutes_with_staff=minutes, minutes_writing_up=minutes)
    assert problems(page) == [
        "Minutes with staff must be between 0 and 600",
        "Minutes of preparation and writing up must be between 0 and 600",
    ]


def test_nothing_typed_says_what_to_enter(finishing):
    assert problems(finishing.send(ended_time="", minutes_with_staff="", minutes_writing_up="")) == [
        "Enter the time you finished",
        "Enter minutes with staff",
        "Enter minutes of preparation and writing up",
    ]


@pytest.mark.parametrize("typed", ["25:00", "noon", "12", "\0"])
def test_a_time_that_is_none_says_so(finishing, typed):
    (message,) = problems(finishing.send(ended_time=typed))
    assert message in ("The time you finished must be a real time, like 9:30", "Enter the time you finished")


def test_a_draft_has_to_be_finished_or_discarded_first(finishing, visit, client):
    add = url("consultation-add", visit)
    client.post(add, {"concern": "Half", "later": "1"})
    page = finishing.send()
    assert problems(page) == ["Finish or discard 1 draft first."]
    draft = Draft.objects.get()
    assert draft.resume_url in [link["href"] for link in parsed(page).select("main a")]
    discard = reverse("consultations:draft-discard", args=[draft.key])
    assert "What you typed will be gone." in main_text(client.get(discard))
    assert client.post(discard).url == visit.get_absolute_url()
    assert finishing.send().status_code == 302


def test_confirming_twice_says_that_it_is_finished(finishing):
    finishing.send()
    assert problems(finishing.send()) == ["This visit is finished."]
    response = finishing.client.get(finishing.url)
    assert banners(finishing.client.get(response.url))[-1] == "This visit is finished."


def test_a_visit_that_has_not_begun_is_not_finished(client, sign_in, priya, make_visit):
    visit = make_visit()
    response = sign_in(client, priya).get(url("visit-finish", visit))
    assert banners(client.get(response.url)) == ["Start the visit first."]


@pytest.mark.parametrize("which", ["visit", "visit-start", "visit-finish", "consultation-add"])
@pytest.mark.parametrize("who", ["owen", "noor", "tess", "kit"])
def test_an_outsider_finds_nothing(request, client, sign_in, visit, which, who):
    sign_in(client, request.getfixturevalue(who))
    assert {client.get(url(which, visit)).status_code, client.post(url(which, visit)).status_code} == {404}


@pytest.mark.parametrize("which", ["visit-start", "visit-finish", "consultation-add"])
@pytest.mark.parametrize("who", ["ruth", "sam", "hana"])
def test_only_the_clinician_of_the_visit_runs_it(request, client, sign_in, make_visit, which, who):
    visit = make_visit()
    sign_in(client, request.getfixturevalue(who))
    assert client.post(url(which, visit), {"ended_time": "23:59"}).status_code == 403
    assert Visit.objects.get().started_at is None


def test_another_clinician_of_the_school_reads_the_visit_and_does_not_run_it(
    client, sign_in, visit, owen, quillbrook, admin_person
):
    give_role(owen, "link_clinician", quillbrook, by=admin_person)
    sign_in(client, owen)
    codes = {
        page: client.get(url(page, visit)).status_code
        for page in ("visit", "visit-finish", "consultation-add")
    }
    assert codes == {"visit": 200, "visit-finish": 403, "consultation-add": 403}


def test_a_page_is_no_button(client, sign_in, priya, visit):
    sign_in(client, priya)
    assert client.post(visit.get_absolute_url()).status_code == 405
    assert client.get(url("visit-start", visit)).status_code == 405
