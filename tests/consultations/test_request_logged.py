"""S4: "Log this" on the page of the visit brings what the school said."""

import pytest

from consultations.models import Consultation
from tests.filling import parsed
from tests.records import somebody_at

from .requesting import KEY


def add_url(visit, request):
    return f"/visits/{visit.reference}/add/?request={request.reference}"


def test_log_this_brings_what_the_school_said(client, sign_in, priya, visit, make_request):
    request = make_request("Cries at the gate", tried="A later start")
    page = parsed(sign_in(client, priya).get(visit.get_absolute_url()))
    link = page.find("a", href=add_url(visit, request))
    assert link.get_text() == "Log this request, 1: A child, Year 4"
    form = parsed(client.get(add_url(visit, request)))
    assert form.find("textarea", {"name": "concern"}).get_text(strip=True) == "Cries at the gate"
    assert form.find("input", {"name": "tried-0-what"})["value"] == "A later start"
    ticked = {box["name"]: box["value"] for box in form.select("input[type=radio][checked]")}
    assert (ticked["subject"], ticked["child"]) == ("child", "no_name")
    assert form.find("select", {"name": "no_name_year"}).find("option", selected=True)["value"] == "4"


@pytest.mark.parametrize(
    ("about", "shown"),
    [
        ({"subject": "class", "group_name": "4B"}, {"class_name": "4B", "class_year": "4"}),
        ({"subject": "group", "group_name": "Lunch club", "year_group": None}, {"group_name": "Lunch club"}),
        ({"subject": "year_group"}, {"year": "4"}),
        ({"subject": "staff", "year_group": None}, {}),
    ],
)
def test_log_this_says_whom_it_is_about(client, sign_in, priya, visit, make_request, about, shown):
    form = parsed(sign_in(client, priya).get(add_url(visit, make_request(**about))))
    ticked = form.select("input[name=subject][checked]")
    assert [box["value"] for box in ticked] == [about["subject"]]
    for name, value in shown.items():
        box = form.find(attrs={"name": name})
        chosen = box.find("option", selected=True) if box.name == "select" else box
        assert chosen["value"] == value


def test_log_this_about_a_case_opens_that_case(client, sign_in, priya, visit, make_request, shared_case):
    form = parsed(sign_in(client, priya).get(add_url(visit, make_request("More", about=shared_case))))
    ticked = {box["name"]: box["value"] for box in form.select("input[type=radio][checked]")}
    assert (ticked["subject"], ticked["child"]) == ("child", str(shared_case.pk))
    assert form.find("textarea", {"name": "concern"}).get_text(strip=True) == "More"


def talk_data(visit, request, by, themes, **overrides):
    return {
        "form_key": KEY,
        "request": request.reference,
        "subject": "child",
        "child": "no_name",
        "no_name_year": "4",
        "staff": str(somebody_at(visit.partnership, by).pk),
        "minutes": "30",
        "themes": str(themes["worry"].pk),
        "concern": "Cries at the gate",
        "agreed": "A calm start",
        "tried_nothing": "on",
        "tried-TOTAL_FORMS": "0",
        "tried-INITIAL_FORMS": "0",
        "risk": "no",
        "next_step": "nothing_more",
    } | overrides


def test_what_is_logged_from_a_request_takes_it_up(client, sign_in, priya, visit, make_request, themes):
    request = make_request()
    answer = sign_in(client, priya).post(add_url(visit, request), talk_data(visit, request, priya, themes))
    assert answer.status_code == 302
    request.refresh_from_db()
    assert request.discussed_in == Consultation.objects.get()
    assert request.history.first().history_user == priya


def test_a_draft_keeps_which_request_it_is_about(client, sign_in, priya, visit, make_request, themes):
    request, url = make_request(), f"/visits/{visit.reference}/add/"
    data = talk_data(visit, request, priya, themes)
    sign_in(client, priya).post(url, data | {"later": "1"})
    form = parsed(client.get(f"{url}?draft={KEY}"))
    assert form.find("input", {"name": "request"})["value"] == request.reference
    client.post(url, data)
    request.refresh_from_db()
    assert request.discussed_in_id


@pytest.mark.parametrize("said", ["D-2222-222", "\0", "x" * 300])
def test_a_request_that_is_none_is_left_alone(client, sign_in, priya, visit, make_request, themes, said):
    request = make_request()
    data = talk_data(visit, request, priya, themes) | {"request": said}
    assert sign_in(client, priya).post(f"/visits/{visit.reference}/add/", data).status_code == 302
    assert client.get(f"/visits/{visit.reference}/add/", {"request": said}).status_code == 200
    request.refresh_from_db()
    assert request.waits


def test_a_request_of_another_school_brings_nothing(
    client, sign_in, priya, visit, make_request, another_school
):
    theirs = make_request("Secret of theirs", partnership=another_school)
    assert "Secret of theirs" not in sign_in(client, priya).get(add_url(visit, theirs)).text
