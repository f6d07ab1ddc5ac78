"""S7: who is who at the school; add, change, remove."""

from uuid import uuid4

import pytest
from django.urls import reverse

from schools.models import SchoolPerson
from schools.services import add_person
from tests.filling import as_sent, banners, main_text, parsed, problems

PEOPLE = "/schools/990001/people/"


def names(page):
    cells = [row.select("th, td") for row in parsed(page).select("tbody tr")]
    return [[cell.get_text(" ", strip=True) for cell in row[:4]] for row in cells]


@pytest.fixture
def adding(client, sign_in, sam):
    """Send the form that adds a person."""

    def send(**changes):
        values = {"name": "Mel Garside", "job": "Cook", "phone": "", "safeguarding_order": ""} | changes
        return sign_in(client, sam).post(f"{PEOPLE}add/", values)

    return send


def test_everybody_is_listed_with_job_and_phone(client, sign_in, sam, femi):
    page = sign_in(client, sam).get(PEOPLE)
    assert names(page) == [
        [
            "Name Femi Adeyemi",
            "Job Designated safeguarding lead",
            "Phone 01632 960017",
            "Safeguarding lead Yes, ring first",
        ],
        ["Name Sam Whitlock", "Job SENCO", "Phone –", "Safeguarding lead No"],
    ]


def test_without_a_safeguarding_lead_the_page_says_so(client, sign_in, sam):
    assert "No safeguarding lead is written down" in main_text(sign_in(client, sam).get(PEOPLE))


def test_a_person_is_added(adding, client):
    response = adding()
    assert banners(client.get(response.url)) == ["Mel Garside added."]
    row = SchoolPerson.objects.get(name="Mel Garside").history.get()
    assert (str(row.history_user), row.history_change_reason) == (
        "Sam Whitlock",
        "Added to the school's people",
    )


def test_add_pressed_twice_makes_one_person(adding, client):
    key = str(uuid4())
    adding(form_key=key)
    second = adding(form_key=key)
    said = ["That was saved already. Look at the list before you add it again."]
    assert banners(client.get(second.url))[-1:] == said
    assert SchoolPerson.objects.filter(name="Mel Garside").count() == 1


def test_nothing_typed_says_what_to_enter(adding):
    assert problems(adding(name="", job="")) == ["Enter the name", "Enter the job"]


def test_a_safeguarding_lead_needs_a_phone(adding):
    page = adding(safeguarding_order="1")
    assert problems(page) == ["Enter the safeguarding lead's phone number"]
    assert as_sent(page)["name"] == ["Mel Garside"]


def test_what_is_too_long_is_counted_once_and_kept(adding):
    page = adding(name="x" * 5000, phone="0" * 31, safeguarding_order="1")
    assert problems(page) == [
        "The name must be 120 characters or fewer. You have used 5,000",
        "The phone number must be 30 characters or fewer. You have used 31",
    ]
    assert as_sent(page)["name"] == ["x" * 5000]


@pytest.mark.parametrize("order", ["4", "-1", "first", "9" * 400])
def test_an_order_that_was_not_offered_is_asked_again(adding, order):
    assert len(problems(adding(safeguarding_order=order, phone="1"))) == 1


def test_a_name_in_any_script_is_shown_as_typed(adding, client):
    name = "\u202bרובין\u202c 🦊 <b>O’Neil</b>"
    page = client.get(adding(name=name).url)
    assert "רובין\u202c 🦊 <b>O’Neil</b>" in main_text(page)


def test_a_person_is_changed_and_the_old_words_stay(client, sign_in, sam, femi):
    person = femi.school_people.get()
    url = f"{PEOPLE}{person.pk}/"
    page = sign_in(client, sam).get(url)
    response = client.post(url, as_sent(page) | {"phone": "01632 960099"})
    assert banners(client.get(response.url)) == ["Saved."]
    assert [row.phone for row in person.history.all()] == ["01632 960099", "01632 960017"]


def test_a_person_who_left_is_no_longer_listed_and_stays_in_the_records(client, sign_in, sam, femi):
    person = femi.school_people.get()
    url = f"{PEOPLE}{person.pk}/leave/"
    assert "Remove Femi Adeyemi?" in main_text(sign_in(client, sam).get(url))
    page = client.get(client.post(url).url)
    assert banners(page) == ["Femi Adeyemi is no longer listed. Records keep the name."]
    assert [row[0] for row in names(page)] == ["Name Sam Whitlock"]
    assert SchoolPerson.objects.filter(pk=person.pk).exists()
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("which", ["people", "person-add", "person-change", "person-leave"])
@pytest.mark.parametrize(
    ("who", "code"),
    [("owen", 404), ("noor", 404), ("tess", 404), ("kit", 404), ("ruth", 403), ("hana", 403)],
)
def test_nobody_else_changes_the_people_of_the_school(
    request, client, sign_in, quillbrook, sam, which, who, code
):
    person = sam.school_people.get()
    sign_in(client, request.getfixturevalue(who))
    before = SchoolPerson.history.count()
    args = [990001] if which in ("people", "person-add") else [990001, person.pk]
    posted = client.post(reverse(f"schools:{which}", args=args), {"name": "X", "job": "Y"})
    assert posted.status_code == (405 if (which, code) == ("people", 403) else code)
    assert SchoolPerson.history.count() == before


def test_a_person_of_another_school_is_not_found_here(
    client, sign_in, sam, owen, another_school, admin_person
):
    there = add_person(another_school, name="Vera Elsewhere", job="Cook", by=admin_person)
    sign_in(client, sam)
    for url in (f"{PEOPLE}{there.pk}/", f"{PEOPLE}{there.pk}/leave/", f"/schools/990002/people/{there.pk}/"):
        assert client.get(url).status_code == 404
