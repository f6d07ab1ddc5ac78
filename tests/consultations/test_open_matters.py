"""A safeguarding lead who still has to be told is on every page of that visit and case until it is done."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultations.models import SafeguardingMatter
from consultations.services import record_telling
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed, problems
from tests.records import named_child

BANNER = "The safeguarding lead still has to be told"
REFUSED = "Tell the safeguarding lead first, and record it."


@pytest.fixture
def talk(make_consultation, calendar):
    return make_consultation(risk="to_tell", next_step="start_plan")


@pytest.fixture
def pages(talk, make_plan):
    """Every page on which the clinician works with that visit or case."""
    plan = make_plan("agreed", consultation=talk)
    visit, case, school = talk.visit, talk.case, talk.partnership.school
    return {
        "visit": visit.get_absolute_url(),
        "visit add": reverse("consultations:consultation-add", args=[visit.reference]),
        "visit finish": reverse("consultations:visit-finish", args=[visit.reference]),
        "consultation": talk.get_absolute_url(),
        "consultation edit": reverse("consultations:consultation-edit", args=[talk.reference]),
        "case": case.get_absolute_url(),
        "plan": plan.get_absolute_url(),
        "school": reverse("consultations:school", args=[school.urn]),
        "school consultations": reverse("consultations:school-consultations", args=[school.urn]),
        "school plans": reverse("consultations:school-plans", args=[school.urn]),
    }


def tell(talk, **fields):
    values = {"told_name": "Femi", "told_at": timezone.now(), "how": "phone", "by": talk.author} | fields
    return record_telling(SafeguardingMatter.objects.get(consultation=talk), **values)


def link_to_record(page, talk):
    address = reverse("consultations:safeguarding", args=[talk.reference])
    return parsed(page).select(f'.nhsuk-warning-callout a[href="{address}"]')


def test_it_is_on_every_page_of_the_visit_and_the_case_until_it_is_told(client, sign_in, priya, pages, talk):
    sign_in(client, priya)
    found = {name for name, url in pages.items() if link_to_record(client.get(url), talk)}
    assert found == set(pages)
    tell(talk)
    assert {name for name, url in pages.items() if BANNER in main_text(client.get(url))} == set()


def test_another_case_of_another_visit_has_no_banner(
    client, sign_in, priya, talk, make_visit, make_consultation
):
    other = make_consultation(visit=make_visit(days=-1, started=True), about=named_child(first_name="Ivy"))
    sign_in(client, priya)
    for record in (other, other.case, other.visit):
        assert BANNER not in main_text(client.get(record.get_absolute_url()))


def test_the_lead_sees_it_and_has_no_link_to_record(client, sign_in, ruth, talk):
    page = sign_in(client, ruth).get(talk.get_absolute_url())
    assert BANNER in main_text(page)
    assert link_to_record(page, talk) == []


@pytest.mark.parametrize("who", ["sam", "femi", "hana"])
def test_the_school_never_learns_of_it_from_a_page(request, client, sign_in, pages, talk, who):
    sign_in(client, request.getfixturevalue(who))
    texts = [page.text for page in map(client.get, pages.values()) if page.status_code == 200]
    assert bool(texts) == (who == "sam")
    assert [text for text in texts if BANNER in text or "risk of harm" in text] == []


def test_today_says_how_many_by_school_and_no_name(client, sign_in, priya, talk, make_consultation):
    make_consultation(risk="to_tell", about=named_child(first_name="Ivy"))
    page = sign_in(client, priya).get("/today/")
    assert "Quillbrook Primary School: 2 still to tell. Tell them now, then record it" in main_text(page)
    assert len(link_to_record(page, talk)) == 1
    assert [word for word in ("Robin", "Ivy", "Year 4") if word in page.text] == []


def test_today_is_quiet_once_all_are_told(client, sign_in, priya, talk):
    tell(talk)
    assert "still to tell" not in main_text(sign_in(client, priya).get("/today/"))


def test_another_school_s_matter_is_not_on_one_s_own_today(client, sign_in, owen, talk):
    assert "still to tell" not in main_text(sign_in(client, owen).get("/today/"))


def test_a_visit_is_not_finished_before_they_are_told(talk, finish):
    with pytest.raises(ValidationError) as refused:
        finish()
    assert refused.value.messages == [REFUSED]
    tell(talk)
    assert finish().finished_at


def test_a_matter_of_another_visit_does_not_stand_in_the_way(make_visit, make_consultation, finish):
    make_consultation(visit=make_visit(days=-1, started=True), risk="to_tell")
    assert finish().finished_at


def test_the_page_says_so_with_the_link_and_keeps_what_was_typed(tab, priya, talk):
    page = tab(priya, reverse("consultations:visit-finish", args=[talk.visit.reference]))
    answer = page.send(ended_time="23:59", minutes_with_staff="31", minutes_writing_up="7")
    assert problems(answer) == [REFUSED]
    assert len(link_to_record(answer, talk)) == 1
    assert parsed(answer).select_one('[name="minutes_with_staff"]')["value"] == "31"


@pytest.mark.parametrize("which", ["today", "visit", "case", "school", "consultation"])
def test_three_matters_cost_what_one_does(client, sign_in, priya, talk, make_consultation, which):
    urls = {
        "today": "/today/",
        "visit": talk.visit.get_absolute_url(),
        "case": talk.case.get_absolute_url(),
        "school": reverse("consultations:school", args=[talk.partnership.school.urn]),
        "consultation": talk.get_absolute_url(),
    }
    sign_in(client, priya)
    first = cost(client, urls[which])
    for _ in range(2):
        make_consultation(visit=talk.visit, about=talk.case, risk="to_tell")
    assert cost(client, urls[which]) == first
    assert first <= AT_MOST
