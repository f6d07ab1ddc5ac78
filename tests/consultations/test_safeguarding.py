"""C3b: tell the safeguarding lead now, then write down who was told, when and how."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import SafeguardingMatter
from tests.filling import as_sent, banners, main_text, problems

from .conftest import date_boxes


@pytest.fixture
def talk(make_consultation):
    return make_consultation(risk="to_tell", next_step="start_plan")


@pytest.fixture
def telling(tab, priya, talk, today):
    address = reverse("consultations:safeguarding", args=[talk.reference])
    told = {"told_name": "Femi Adeyemi", "told_time": "00:00", "told_how": "phone"}
    return tab(priya, f"{address}?told", **told, **date_boxes("told_on", today))


def test_the_page_says_whom_to_ring_in_order(client, sign_in, priya, femi, talk):
    page = sign_in(client, priya).get(reverse("consultations:safeguarding", args=[talk.reference]))
    assert "Femi Adeyemi , Designated safeguarding lead: 01632 960017" in main_text(page)
    assert "Who did you tell?" not in main_text(page)


def test_who_cannot_be_reached_is_answered_in_the_service_s_own_words(client, sign_in, priya, talk):
    address = reverse("consultations:safeguarding", args=[talk.reference])
    page = sign_in(client, priya).get(f"{address}?unreached")
    assert talk.partnership.service.cannot_reach_them.split(".")[0] in main_text(page)


def test_who_was_told_is_written_down_and_the_work_goes_on(telling, talk):
    response = telling.send(school_reference="CP-0042")
    assert response.url == reverse("consultations:plan-add", args=[talk.reference])
    assert banners(telling.client.get(response.url)) == ["Recorded who was told."]
    matter = SafeguardingMatter.objects.get()
    assert (matter.told_name, matter.how, matter.school_reference) == ("Femi Adeyemi", "phone", "CP-0042")
    assert timezone.localtime(matter.told_at).hour == 0


def test_nothing_typed_says_what_is_missing_and_stays(telling):
    page = telling.send(told_name="", told_time="", told_how=None)
    assert problems(page) == [
        "Enter who you told",
        "Enter what time you told them",
        "Select how you told them",
    ]
    assert as_sent(page)["told_on_day"] == telling.answers["told_on_day"].split()


def test_telling_lies_in_the_past(telling, today):
    page = telling.send(**date_boxes("told_on", today.replace(year=today.year + 1, day=1)))
    assert problems(page) == ["The time you told them must be in the past"]


def test_it_is_written_down_once(telling):
    telling.send()
    page = telling.send(told_name="Somebody else")
    assert problems(page) == ["It is already recorded who was told."]
    assert SafeguardingMatter.objects.get().told_name == "Femi Adeyemi"


def test_where_there_was_no_risk_there_is_nothing_to_record(tab, priya, make_consultation, telling):
    calm = make_consultation()
    address = reverse("consultations:safeguarding", args=[calm.reference])
    response = telling.client.post(address, telling.whole())
    assert response.status_code == 404
    assert SafeguardingMatter.objects.count() == 1


def test_told_already_asks_who_when_and_how_on_the_form_itself(logging):
    told = {"risk": "told", "told_name": None, "told_time": None, "told_how": None}
    assert problems(logging.send(**told)) == [
        "Enter who you told",
        "Enter what time you told them",
        "Select how you told them",
    ]
    logging.send(risk="told", told_name="Femi", told_time="00:00", told_how="in_person")
    matter = SafeguardingMatter.objects.get()
    assert (matter.told_name, matter.how) == ("Femi", "in_person")


@pytest.mark.parametrize(
    ("who", "code"), [("owen", 404), ("noor", 404), ("sam", 404), ("femi", 404), ("ruth", 403)]
)
def test_nobody_else_writes_it_down(request, client, sign_in, talk, who, code):
    sign_in(client, request.getfixturevalue(who))
    address = reverse("consultations:safeguarding", args=[talk.reference])
    assert {client.get(address).status_code, client.post(address).status_code} == {code}
    assert SafeguardingMatter.objects.get().told_at is None
