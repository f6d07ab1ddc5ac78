"""C3b: tell the safeguarding lead now, then write down who was told, when and how."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultations.models import SafeguardingMatter
from consultations.services import record_telling
from schools.services import add_person, change_person
from tests.filling import as_sent, banners, main_text, parsed, problems

from .conftest import date_boxes


@pytest.fixture
def talk(make_consultation):
    return make_consultation(risk="to_tell", next_step="start_plan")


@pytest.fixture
def femi_there(femi, quillbrook):
    """Femi as one of the school's people."""
    return quillbrook.people.get(account=femi)


@pytest.fixture
def telling(tab, priya, femi_there, talk, today):
    address = reverse("consultations:safeguarding", args=[talk.reference])
    told = {"told_person": str(femi_there.pk), "told_time": "00:00", "told_how": "phone"}
    return tab(priya, f"{address}?told", **told)


def test_the_page_says_whom_to_ring_in_order(client, sign_in, priya, femi, talk):
    page = sign_in(client, priya).get(reverse("consultations:safeguarding", args=[talk.reference]))
    assert "Femi Adeyemi , Designated safeguarding lead: 01632 960017" in main_text(page)
    assert "Who did you tell?" not in main_text(page)


def test_who_cannot_be_reached_is_answered_in_the_service_s_own_words(client, sign_in, priya, talk):
    address = reverse("consultations:safeguarding", args=[talk.reference])
    page = sign_in(client, priya).get(f"{address}?unreached")
    assert talk.partnership.service.cannot_reach_them.split(".")[0] in main_text(page)
    links = [link["href"] for link in parsed(page).select("main a")]
    assert links == ["?told", "?", talk.visit.get_absolute_url()]


def test_the_page_says_that_the_record_is_the_school_s(client, sign_in, priya, talk):
    page = sign_in(client, priya).get(reverse("consultations:safeguarding", args=[talk.reference]))
    assert "Record it in the school's safeguarding system as well." in main_text(page)


def test_leads_are_offered_in_the_order_to_ring_them_and_somebody_else(telling, quillbrook, priya, client):
    second = {"phone": "01632 960018", "safeguarding_order": 2}
    add_person(quillbrook, name="Aled Second", job="Deputy head", by=priya, **second)
    page = client.get(telling.url)
    labels = [label.get_text(strip=True) for label in parsed(page).select(".nhsuk-radios__label")]
    assert labels == [
        "Femi Adeyemi, Designated safeguarding lead",
        "Aled Second, Deputy head",
        "Someone else",
        "In person",
        "By phone",
    ]


def test_who_was_told_is_written_down_and_the_work_goes_on(telling, talk, femi_there, priya):
    response = telling.send(school_reference="CP-0042")
    assert response.url == reverse("consultations:plan-add", args=[talk.reference])
    assert banners(telling.client.get(response.url)) == ["Recorded who was told."]
    matter = SafeguardingMatter.objects.get()
    assert (matter.told_name, matter.how, matter.school_reference) == ("Femi Adeyemi", "phone", "CP-0042")
    assert (matter.told_person, matter.told_by) == (femi_there, priya)
    assert timezone.localtime(matter.told_at).hour == 0


def test_the_name_stays_as_it_was_told(telling, femi_there, admin_person):
    telling.send()
    change = {"by": admin_person, "reason": "Married", "opened_version": femi_there.version}
    change_person(femi_there, name="Femi Cole", **change)
    assert SafeguardingMatter.objects.get().told_name == "Femi Adeyemi"


def test_somebody_else_is_a_name(telling):
    page = telling.send(told_person="other", told_name=" ")
    assert problems(page) == ["Enter the name of the person you told"]
    telling.send(told_person="other", told_name="The head's deputy")
    matter = SafeguardingMatter.objects.get()
    assert (matter.told_person, matter.told_name) == (None, "The head's deputy")


def test_telling_may_be_recorded_the_next_day(telling, today):
    telling.send(**date_boxes("told_on", today - timedelta(days=1)), told_time="16:05")
    told_at = timezone.localtime(SafeguardingMatter.objects.get().told_at)
    assert (told_at.date(), told_at.hour) == (today - timedelta(days=1), 16)


@pytest.mark.parametrize("typed", ["0", "-1", "99999999999999999999", "9" * 400, "x", "<b>1</b>"])
def test_a_lead_who_is_not_offered_is_not_told(telling, typed):
    assert problems(telling.send(told_person=typed)) == ["Select who you told"]


def test_a_person_of_another_school_is_not_told(telling, somebody_elsewhere, talk, priya):
    assert problems(telling.send(told_person=str(somebody_elsewhere.pk))) == ["Select who you told"]
    told = {"told_name": "Vera", "told_at": timezone.now(), "how": "phone"}
    with pytest.raises(ValidationError, match="must be one of this school's people"):
        record_telling(talk.safeguarding, by=priya, told_person=somebody_elsewhere, **told)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"told_time": "noon"}, "The time you told them must be a real time, like 9:30"),
        ({"told_on_day": "31", "told_on_month": "2"}, "Enter a real date you told them"),
        ({"told_on_year": "26"}, "The year of the date you told them must have 4 numbers"),
        ({"school_reference": "x" * 61}, "The school's own reference must be 60 characters or fewer. "
         "You have used 61"),
        ({"told_how": "letter"}, "Select how you told them"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_the_words_of_the_label(telling, typed, message):
    page = telling.send(**typed)
    assert problems(page) == [message]
    assert {name: as_sent(page).get(name) for name in typed if name != "told_how"} == {
        name: [value] for name, value in typed.items() if name != "told_how"
    }


def test_the_first_year_of_all_is_in_the_past(telling):
    year_one = {"told_on_day": "1", "told_on_month": "1", "told_on_year": "0001"}
    assert telling.send(**year_one).status_code == 302


def test_characters_that_no_database_keeps_are_taken_out(telling):
    telling.send(told_person="other", told_name="F\0emi", school_reference="SG\0-1")
    matter = SafeguardingMatter.objects.get()
    assert (matter.told_name, matter.school_reference) == ("Femi", "SG-1")


def test_nothing_typed_says_what_is_missing_and_stays(telling, today):
    page = telling.send(told_person=None, told_time="", told_how=None)
    assert problems(page) == [
        "Select who you told",
        "Enter what time you told them",
        "Select how you told them",
    ]
    assert as_sent(page)["told_on_day"] == [str(today.day)]


def test_telling_lies_in_the_past(telling, today):
    page = telling.send(**date_boxes("told_on", today.replace(year=today.year + 1, day=1)))
    assert problems(page) == ["The time you told them must be in the past"]


def test_it_is_written_down_once(telling):
    telling.send()
    page = telling.send(told_person="other", told_name="Somebody else")
    assert problems(page) == ["It is already recorded who was told."]
    assert SafeguardingMatter.objects.get().told_name == "Femi Adeyemi"


def test_where_there_was_no_risk_there_is_nothing_to_record(tab, priya, make_consultation, telling):
    calm = make_consultation()
    address = reverse("consultations:safeguarding", args=[calm.reference])
    response = telling.client.post(address, telling.whole())
    assert response.status_code == 404
    assert SafeguardingMatter.objects.count() == 1


def test_told_already_asks_who_when_and_how_on_the_form_itself(femi, quillbrook, logging, priya):
    told = {"risk": "told", "told_person": None, "told_time": None, "told_how": None}
    assert problems(logging.send(**told, told_on_day="", told_on_month="", told_on_year="")) == [
        "Select who you told",
        "Enter the date you told them",
        "Enter what time you told them",
        "Select how you told them",
    ]
    lead = quillbrook.people.get(account=femi)
    told = {"told_person": str(lead.pk), "told_time": "00:00", "told_how": "in_person"}
    logging.send(risk="told", **told, school_reference="SG-3")
    matter = SafeguardingMatter.objects.get()
    assert (matter.told_person, matter.told_name, matter.how) == (lead, "Femi Adeyemi", "in_person")
    assert (matter.told_by, matter.school_reference) == (priya, "SG-3")


def test_without_a_risk_nothing_typed_about_telling_stands_in_the_way(logging):
    typed = {"told_person": "other", "told_time": "noon", "told_on_day": "99", "school_reference": "x" * 99}
    assert logging.send(risk="no", **typed).status_code == 302
    assert SafeguardingMatter.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "code"), [("owen", 404), ("noor", 404), ("sam", 404), ("femi", 404), ("ruth", 403)]
)
def test_nobody_else_writes_it_down(request, client, sign_in, talk, who, code):
    sign_in(client, request.getfixturevalue(who))
    address = reverse("consultations:safeguarding", args=[talk.reference])
    assert {client.get(address).status_code, client.post(address).status_code} == {code}
    assert SafeguardingMatter.objects.get().told_at is None
