"""The page that hands a case over: what it asks, what it refuses, and whom it offers."""

import pytest

from consultations.models import Case
from tests.filling import as_sent, banners, problems
from tests.records import named_child

from .conftest import date_boxes
from .test_moving import NOTE, url_of


@pytest.fixture
def case(make_consultation, calendar):
    return make_consultation(about=named_child(first_name="Ottilie")).case


@pytest.fixture
def moving(tab, priya, case, another_school, today):
    """The page, open and ready to send."""
    said = {"school": str(another_school.pk), "consent_by": "parent", "consent_how": "phone", "note": NOTE}
    return tab(priya, url_of(case), **said, **date_boxes("consent_on", today))


def test_the_page_hands_the_case_over(moving, case, another_school):
    assert moving.page.status_code == 200
    response = moving.send(consent_share="on")
    new = Case.objects.get(moved_from=case)
    assert response.url == case.get_absolute_url()
    page = moving.client.get(response.url)
    said = f"{case.reference} is closed. It goes on at Tansy Hill Primary School."
    assert banners(page) == [said]
    assert url_of(case) not in page.text
    assert set(new.consents.values_list("purpose", flat=True)) == {"discuss_by_name", "share_plan"}
    assert new.handover.text == NOTE


def test_sent_twice_it_moves_once(moving, case):
    whole = moving.whole()
    first, second = (moving.client.post(moving.url, whole) for _ in range(2))
    assert first.url == second.url
    assert Case.objects.filter(moved_from=case).count() == 1
    page = moving.client.get(moving.url, follow=True)
    assert banners(page)[-1] == "This case went on at another school already."
    page = moving.client.post(moving.url, moving.answers | {"child_year": "4"})
    assert problems(page) == ["This case went on at another school already"]
    assert as_sent(page)["note"] == [NOTE]


def test_what_is_missing_is_said_beside_each_field(moving):
    page = moving.send(school="", child_year="", consent_by=None, consent_how=None)
    assert problems(page) == [
        "Select the school they go to",
        "Select the year group",
        "Select who agreed that we may talk about this child by name",
    ]
    page = moving.send(note="x" * 100_000, consent_by="not_asked")
    assert problems(page) == [
        "Ask a parent, carer or the young person first. Until then, choose not to record a name",
        "The note must be 4,000 characters or fewer. You have used 100,000",
    ]


@pytest.mark.parametrize("forged", ["9" * 30, "\0", "-1", "<b>"])
def test_a_forged_school_is_none_of_the_list(moving, forged):
    assert problems(moving.send(school=forged)) in (
        ["Select a school from the list"],
        ["Select the school they go to"],
    )


def test_the_same_school_and_another_services_are_not_offered(
    moving, quillbrook, other_service_school, another_school
):
    for partnership in (quillbrook, other_service_school):
        page = moving.send(school=str(partnership.pk))
        assert problems(page) == ["Select a school from the list"]
    assert not Case.objects.filter(moved_from__isnull=False).exists()


def test_under_16_the_five_are_asked_for_the_new_school(moving):
    page = moving.send(consent_by="young_person", able=["can_weigh"])
    assert problems(page)[0].startswith("Under 16 all five are needed")
