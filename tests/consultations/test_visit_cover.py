"""C12: the page on which a visit is passed to a colleague."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Visit
from schools.services import add_period, move_visit
from tests.cast import clinician
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, banners, main_text, parsed, problems
from tests.places import new_person

ILL = {"reason": "illness"}


@pytest.fixture
def mo(quillbrook, admin_person):
    return clinician(new_person("Mo", "Varley"), quillbrook, by=admin_person)


def choices(form, question):
    legend = parsed(form.page).main.find("legend", string=lambda text: text and question in text)
    return [label.get_text(strip=True) for label in legend.find_parent("fieldset").select("label")]


def test_a_visit_is_passed_to_a_colleague(open_form, make_visit, mo, client, sign_in):
    visit = make_visit(days=2)
    form = open_form(visit, "cover")
    assert choices(form, "Who makes the visit?") == ["Mo Varley"]
    page = client.post(form.url, form.whole(to=str(mo.pk), **ILL), follow=True)
    assert banners(page) == [f"The visit on {visit.planned_start_at:%-d %B %Y} is now with Mo Varley."]
    today = main_text(sign_in(client, mo).get("/today/"))
    assert "Next visit: Quillbrook Primary School" in today


def test_the_lead_is_told_whom_it_links_and_until_when(open_form, make_visit, mo, owen, ruth, today):
    form = open_form(make_visit(days=2), "cover", ruth)
    assert choices(form, "Who makes the visit?") == ["Mo Varley", "Owen Pritchard"]
    until = today + timedelta(days=15)
    hint = f"Not linked to this school. Sees its cases from today until {until:%-d %B %Y}."
    assert [one.get_text(strip=True) for one in parsed(form.page).select(".nhsuk-radios__hint")] == [hint]
    assert form.send(to=str(owen.pk), **ILL).status_code == 302
    assert Visit.objects.get().clinician == owen


def test_the_same_form_sent_again_passes_it_on_once(open_form, make_visit, mo):
    form = open_form(make_visit(days=2), "cover")
    whole = form.whole(to=str(mo.pk), **ILL)
    assert form.client.post(form.url, whole).url == form.client.post(form.url, whole).url
    assert Visit.objects.get().version == 2


def test_a_clash_is_shown_to_who_may_see_that_visit(
    open_form, make_visit, another_school, owen, ruth, mo, client, sign_in, quillbrook, admin_person
):
    visit, theirs = make_visit(days=2), make_visit(another_school, owen, days=2)
    form = open_form(visit, "cover", ruth)
    page = form.send(to=str(owen.pk), **ILL)
    day = f"{theirs.planned_start_at:%-d %B %Y}"
    where = f"Owen Pritchard is at Tansy Hill Primary School on {day}, 9am to midday"
    assert problems(page) == [f"{where}. Choose somebody else"]
    assert parsed(page).select_one(".nhsuk-error-message")["id"].startswith("id_to")
    both = clinician(new_person("Kay", "Bram"), quillbrook, another_school, by=admin_person)
    theirs.clinician = both
    save_tracked(theirs, by=admin_person, reason="Another clinician")
    page = OpenForm(sign_in(client, mo), form.url).send(to=str(both.pk), **ILL)
    assert problems(page) == ["Kay Bram has another visit at that time. Choose somebody else"]
    assert Visit.objects.get(pk=visit.pk).clinician == visit.clinician


def test_nothing_chosen_is_said(open_form, make_visit, mo):
    page = open_form(make_visit(days=2), "cover").send()
    assert problems(page) == ["Select who makes the visit", "Select why it is passed on"]


@pytest.mark.parametrize("value", ["0", "-1", "9" * 30, "\0", "<b>", "x" * 10_000])
def test_a_forged_colleague_or_reason_is_refused(open_form, make_visit, mo, value):
    form = open_form(make_visit(days=2), "cover")
    assert problems(form.send(to=value, reason=value))[0] == "Select who makes the visit"
    assert problems(form.send(to=str(mo.pk), reason=value)) == ["Select why it is passed on"]
    assert Visit.objects.get().version == 1


def test_whoever_saw_an_older_version_looks_again(open_form, make_visit, mo):
    visit = make_visit(days=2)
    form = open_form(visit, "cover")
    save_tracked(Visit.objects.get(pk=visit.pk), by=visit.clinician, reason="Something changed")
    form.page = form.send(to=str(mo.pk), **ILL)
    assert problems(form.page) == [
        "This visit changed while you had the page open. Look at it as it is now, then confirm."
    ]
    assert form.send(to=str(mo.pk), **ILL).status_code == 302


def leads_back(open_form, visit, who):
    form = open_form(visit, "cover", who)
    return banners(form.client.get(form.url, follow=True))[-1]


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("priya", "No other clinician is linked to this school. Your service lead can choose somebody else."),
        ("ruth", "There is no other clinician in the service."),
    ],
)
def test_where_there_is_nobody_the_page_says_so(request, open_form, make_visit, who, says):
    assert leads_back(open_form, make_visit(days=2), request.getfixturevalue(who)) == says


def test_nobody_is_sent_to_a_school_that_has_closed_since(
    open_form, make_visit, mo, priya, calendar, service, admin_person, today
):
    day = today + timedelta(days=7 - today.weekday())
    visit = make_visit(days=(day - today).days)
    form = open_form(visit, "cover")
    add_period(service, "bank_holiday", day, day, by=admin_person, name="Coronation")
    says = f"{day:%A %-d %B %Y} is a bank holiday (Coronation). Move or cancel the visit instead."
    assert problems(form.send(to=str(mo.pk), **ILL)) == [says]
    assert leads_back(open_form, visit, priya) == says
    assert Visit.objects.get().clinician == priya


def test_one_that_began_or_is_over_leads_back(open_form, make_visit, mo, priya, done):
    assert leads_back(open_form, done, priya) == "This visit is finished."
    assert leads_back(open_form, make_visit(days=1, started=True), priya) == "This visit has begun."
    moved = make_visit(days=2)
    later = {"planned_start_at": moved.planned_start_at + timedelta(days=1)}
    later["planned_end_at"] = moved.planned_end_at + timedelta(days=1)
    move_visit(moved, by=priya, at=timezone.now(), opened_version=1, **later)
    assert leads_back(open_form, moved, priya) == "This visit was cancelled or moved."


@pytest.mark.parametrize(("who", "code"), [("sam", 403), ("hana", 403), ("owen", 404), ("noor", 404)])
def test_it_is_for_clinicians_of_the_school_and_their_lead(request, client, sign_in, make_visit, who, code):
    url = f"{make_visit(days=2).get_absolute_url()}cover/"
    sign_in(client, request.getfixturevalue(who))
    assert {client.get(url).status_code, client.post(url).status_code} == {code}


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(
    client, sign_in, priya, make_visit, quillbrook, admin_person, count
):
    for name in ("Mo", "Kay", "Lin")[:count]:
        clinician(new_person(name, "Varley"), quillbrook, by=admin_person)
    visit = make_visit(days=2)
    sign_in(client, priya)
    found = cost(client, f"{visit.get_absolute_url()}cover/")
    assert found == 5
    assert found <= AT_MOST
