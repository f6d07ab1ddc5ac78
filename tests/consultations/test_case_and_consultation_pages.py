"""C3v, C3e, C10 and C9: read a consultation, change it, and see a case and a school over time."""

import pytest
from django.urls import reverse

from consultations.models import Consultation, Purpose
from consultations.services import NewCase, NewConsent
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.records import named_child, no_names_child, whole_class


def url(page, record):
    return reverse(f"consultations:{page}", args=[record.reference])


def test_the_consultation_shows_both_clocks_and_the_clinical_note(client, sign_in, priya, make_consultation):
    talk = make_consultation(clinical_note="For us alone", tried=[("A star chart", "partly")])
    text = main_text(sign_in(client, priya).get(talk.get_absolute_url()))
    for words in (
        "Happened on",
        "Written by Priya Nair on",
        "For us alone",
        "A star chart: partly",
        "Robin, Year 4",
    ):
        assert words in text


def test_a_change_says_why_and_the_old_words_stay_on_the_page(tab, priya, make_consultation):
    talk = make_consultation(agreed="As it was")
    form = tab(priya, url("consultation-edit", talk))
    assert as_sent(form.page)["agreed"] == ["As it was"]
    assert problems(form.send(agreed="As it is")) == ["Enter why you are changing this"]
    page = form.client.get(form.send(agreed="As it is", reason="Wrong time").url)
    assert banners(page) == ["Change saved. The old version is kept."]
    text = main_text(page)
    assert [words in text for words in ("As it was", "As it is", "Wrong time")] == [True, True, True]


def test_opening_a_change_and_saving_it_at_once_changes_nothing_but_the_version(
    tab, priya, make_consultation
):
    talk = make_consultation(minutes=37, impact=0, mode="video", sen_status="K", themes=["sleep", "worry"])
    before = {field.name: getattr(talk, field.name) for field in Consultation._meta.concrete_fields}
    assert tab(priya, url("consultation-edit", talk), reason="Looked over").send().status_code == 302
    talk.refresh_from_db()
    after = {field.name: getattr(talk, field.name) for field in Consultation._meta.concrete_fields}
    assert {name for name in before if before[name] != after[name]} == {"version"}


@pytest.mark.parametrize("which", ["consultation", "consultation-edit", "case", "plan-add"])
@pytest.mark.parametrize("who", ["owen", "noor", "tess", "hana", "femi", "kit"])
def test_an_outsider_finds_nothing(request, client, sign_in, make_consultation, which, who):
    talk = make_consultation()
    sign_in(client, request.getfixturevalue(who))
    address = url(which, talk.case if which == "case" else talk)
    assert {client.get(address).status_code, client.post(address).status_code} == {404}


def test_a_lead_reads_and_does_not_change(client, sign_in, ruth, make_consultation):
    talk = make_consultation()
    sign_in(client, ruth)
    codes = {
        page: client.get(url(page, talk)).status_code
        for page in ("consultation", "consultation-edit", "plan-add")
    }
    assert codes == {"consultation": 200, "consultation-edit": 403, "plan-add": 403}
    assert client.post(url("consultation-edit", talk), {"reason": "x"}).status_code == 403


def test_pages_are_no_buttons(client, sign_in, priya, make_consultation):
    talk = make_consultation()
    sign_in(client, priya)
    for address in (talk.get_absolute_url(), talk.case.get_absolute_url(), "/schools/", "/schools/990001/"):
        assert client.post(address).status_code == 405


def test_a_case_without_a_name_says_so(client, sign_in, priya, make_consultation):
    case = make_consultation(about=no_names_child()).case
    text = main_text(sign_in(client, priya).get(case.get_absolute_url()))
    assert "No name is recorded" in text
    assert "Agreed to talk by name" not in text


def test_why_it_could_not_wait_is_for_clinicians(client, sign_in, priya, sam, make_consultation, make_plan):
    both = (Purpose.DISCUSS_BY_NAME, Purpose.SHARE_PLAN)
    consent = NewConsent("could_not_wait", reason="canary-reason-7Q", purposes=both)
    talk = make_consultation(about=named_child(consent=consent))
    case = make_plan("sent", consultation=talk).case
    assert "canary-reason-7Q" in sign_in(client, priya).get(case.get_absolute_url()).text
    page = sign_in(client, sam).get(case.get_absolute_url())
    assert page.status_code == 200
    assert "canary-reason-7Q" not in page.text


def test_a_school_lists_its_consultations_newest_first_and_in_pages(
    client, sign_in, priya, make_consultation
):
    talks = [make_consultation().reference for _ in range(26)][::-1]
    address = "/schools/990001/consultations/"
    first = sign_in(client, priya).get(address)
    (older,) = parsed(first).select(".nhsuk-pagination a")
    second = client.get(address + older["href"])
    shown = [
        [a["href"].split("/")[2] for a in parsed(page).select(".app-timeline a")] for page in (first, second)
    ]
    assert shown == [talks[:25], talks[25:]]


@pytest.mark.parametrize(("who", "schools"), [("priya", [1]), ("owen", [2]), ("ruth", [1, 2]), ("noor", [7])])
def test_the_schools_are_those_one_works_with(client, sign_in, cast, who, schools):
    page = sign_in(client, getattr(cast, who)).get("/schools/")
    links = [a["href"] for a in parsed(page).select("tbody a")]
    assert links == [f"/schools/99000{number}/" for number in schools]


@pytest.mark.parametrize(
    ("about", "words"),
    [
        (named_child, "Robin, Year 4"),
        (no_names_child, "a child, Year 4"),
        (whole_class, "Year 3 Otters"),
        (lambda: NewCase("staff"), "staff or whole school"),
    ],
)
def test_in_the_middle_of_a_sentence_only_names_keep_their_capital(make_consultation, about, words):
    assert make_consultation(about=about()).case.who_after_words == words
