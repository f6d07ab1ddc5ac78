"""D1: what a safeguarding lead was told. Never the child, the case or what it is about."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import SafeguardingMatter
from consultations.services import change_school_reference, record_telling
from schools.services import start_partnership
from tests.cast import Kind, give_role
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.places import new_person
from tests.records import named_child
from web.words import moment

URL = "/passed-on/"
CANARIES = {
    "concern": "canary-concern",
    "agreed": "canary-agreed",
    "why_now": "canary-why",
    "clinical_note": "canary-note",
}


@pytest.fixture
def lead(femi, quillbrook):
    return quillbrook.people.get(account=femi)


@pytest.fixture
def passed_on(make_consultation, lead, visit):
    """Something Femi was told; every override goes to record_telling."""

    def make(**overrides):
        child = named_child(first_name="Canaryfirst", last_name="Canarylast")
        talk = make_consultation(visit=visit, about=child, risk="to_tell", **CANARIES)
        values = {"told_name": lead.name, "told_at": timezone.now(), "how": "phone", "told_person": lead}
        return record_telling(talk.safeguarding, by=talk.author, **(values | overrides))

    return make


def button_of(matter):
    return reverse("consultations:passed-on-acknowledge", args=[matter.pk])


def reference_of(matter):
    return reverse("consultations:passed-on-reference", args=[matter.pk])


def test_it_is_the_first_page_and_has_people_beside_it(client, sign_in, femi):
    page = sign_in(client, femi).get("/", follow=True)
    assert page.redirect_chain == [(URL, 302)]
    links = [link.get_text(strip=True) for link in parsed(page).select(".nhsuk-header__navigation a")]
    assert links == ["Passed on", "People", "Library"]
    assert "Nothing was passed on to you yet." in main_text(page)


def test_it_says_when_by_whom_how_and_their_own_reference(client, sign_in, femi, passed_on):
    matter = passed_on(school_reference="SG-0042")
    text = main_text(sign_in(client, femi).get(URL))
    assert f"{moment(matter.told_at)} Priya Nair told you by phone. Your own reference: SG-0042." in text


def test_it_never_says_about_whom_or_what(client, sign_in, femi, passed_on):
    matter = passed_on()
    talk = matter.consultation
    known = [talk.reference, talk.case.reference, talk.visit.reference, "Year 4", "Worry"]
    sign_in(client, femi)
    for url in (URL, reference_of(matter)):
        text = client.get(url).text
        assert [word for word in [*known, "canary", "Canary"] if word in text] == []


def test_only_what_this_lead_was_told_is_there(client, sign_in, femi, dana, quillbrook, passed_on):
    passed_on(told_person=quillbrook.people.get(account=dana), told_name="Dana")
    passed_on(told_person=None, told_name="Somebody else")
    assert "Nothing was passed on to you yet." in main_text(sign_in(client, femi).get(URL))


def test_what_nobody_was_told_yet_is_not_there(client, sign_in, femi, make_consultation):
    make_consultation(risk="to_tell")
    assert "Nothing was passed on to you yet." in main_text(sign_in(client, femi).get(URL))


def test_i_was_told_is_pressed_once(client, sign_in, femi, passed_on):
    matter = passed_on()
    sign_in(client, femi)
    page = client.post(button_of(matter), follow=True)
    assert banners(page) == ["You confirmed that you were told."]
    first = SafeguardingMatter.objects.get()
    assert (first.acknowledged_by, first.acknowledged_at is None) == (femi, False)
    assert parsed(page).select("main form") == []
    client.post(button_of(matter))
    assert SafeguardingMatter.objects.get().acknowledged_at == first.acknowledged_at
    assert SafeguardingMatter.objects.get().version == first.version


def test_the_reference_is_added_and_put_right(tab, femi, passed_on):
    matter = passed_on()
    assert tab(femi, reference_of(matter)).send(school_reference="SG-1").url == URL
    tab(femi, reference_of(matter)).send(school_reference="SG-2")
    matter.refresh_from_db()
    history = list(matter.history.order_by("history_id").values_list("school_reference", "history_user"))
    assert [row for row in history if row[0]] == [("SG-1", femi.pk), ("SG-2", femi.pk)]


def test_a_reference_that_changed_meanwhile_is_not_overwritten(tab, femi, passed_on):
    matter = passed_on()
    page = tab(femi, reference_of(matter))
    change_school_reference(matter, reference="SG-9", by=femi, opened_version=matter.version)
    answer = page.send(school_reference="SG-1")
    assert problems(answer) == ["This changed while you had the page open. It now says: SG-9."]
    assert as_sent(answer)["school_reference"] == ["SG-1"]
    assert SafeguardingMatter.objects.get().school_reference == "SG-9"


@pytest.mark.parametrize("length", [61, 100_000])
def test_a_reference_that_is_too_long_says_so_and_stays(tab, femi, passed_on, length):
    page = tab(femi, reference_of(passed_on())).send(school_reference="x" * length)
    words = "The reference in your own system must be 60 characters or fewer. You have used"
    assert problems(page) == [f"{words} {length:,}"]
    assert as_sent(page)["school_reference"] == ["x" * length]


def test_markup_and_nul_in_a_reference_are_shown_as_text(tab, femi, passed_on):
    page = tab(femi, reference_of(passed_on()))
    page.send(school_reference="<script>a\0</script>")
    assert SafeguardingMatter.objects.get().school_reference == "<script>a</script>"
    assert "<script>a" not in page.client.get(URL).text


@pytest.mark.parametrize("pk", [0, 999999, 10**19, 10**400])
def test_a_number_that_nobody_has_is_not_found(client, sign_in, femi, pk):
    sign_in(client, femi)
    for url in (f"{URL}{pk}/", f"{URL}{pk}/acknowledge/"):
        assert client.post(url).status_code == 404


@pytest.mark.parametrize(("who", "code"), [("priya", 403), ("ruth", 403), ("sam", 404), ("noor", 404)])
def test_nobody_else_confirms_or_corrects(request, client, sign_in, passed_on, who, code):
    matter = passed_on()
    sign_in(client, request.getfixturevalue(who))
    urls = (button_of(matter), reference_of(matter))
    assert {client.post(url, {"school_reference": "x"}).status_code for url in urls} == {code}
    matter.refresh_from_db()
    assert (matter.acknowledged_at, matter.school_reference) == (None, "")


def test_a_lead_of_another_school_does_not_find_it(client, sign_in, passed_on, another_school, admin_person):
    lead = give_role(
        new_person("Una", "Marsh"), Kind.SAFEGUARDING_LEAD, another_school.school, by=admin_person
    )
    assert sign_in(client, lead).post(button_of(passed_on())).status_code == 404


def test_twenty_five_are_on_a_page_the_newest_first(client, sign_in, femi, passed_on):
    now = timezone.now()
    for days in range(27):
        passed_on(told_at=now - timedelta(days=days), school_reference=f"SG-{days:02}")
    page = sign_in(client, femi).get(URL)
    assert len(parsed(page).select(".app-card")) == 25
    older = client.get(URL + parsed(page).select_one("a[href*=before]")["href"])
    assert [f"SG-{days}" in older.text for days in (24, 25, 26)] == [False, True, True]


def test_one_costs_what_three_do(client, sign_in, femi, passed_on):
    passed_on()
    first = cost(sign_in(client, femi), URL)
    passed_on()
    passed_on()
    assert cost(client, URL) == first
    assert first <= AT_MOST


def test_people_can_be_read_and_not_changed(client, sign_in, femi, sam):
    page = sign_in(client, femi).get("/schools/990001/people/")
    assert "Sam Whitlock" in main_text(page)
    assert [link for link in parsed(page).select("main a")] == []


def test_a_school_with_two_services_has_one_people_page(
    client, sign_in, femi, other_service, quillbrook, admin_person
):
    start_partnership(other_service, quillbrook.school, started_on=quillbrook.started_on, by=admin_person)
    page = sign_in(client, femi).get("/schools/990001/people/")
    assert page.status_code == 200
    assert "Femi Adeyemi" in main_text(page)
