"""S4: asking to discuss somebody, the list, and its buttons."""

import pytest
from django.utils import timezone

from consultations.models import DiscussionRequest
from consultations.services import withdraw_request
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from web.words import longdate

from .requesting import ADD, KEY, LIST, asked, button, errors, only, rows


def test_the_school_asks_on_one_page(client, sign_in, sam):
    page = sign_in(client, sam).post(ADD, asked(), follow=True)
    assert page.redirect_chain == [(LIST, 302)]
    request = only()
    assert (request.subject, request.year_group, request.raised_by) == ("child", 4, sam)
    assert (request.sentence, request.tried) == ("A child cries at the gate", "A later start")
    assert "Request sent." in page.text
    assert "A child, Year 4" in main_text(page)


def test_send_pressed_twice_is_one_request(client, sign_in, sam):
    sign_in(client, sam)
    assert [client.post(ADD, asked()).url for _ in range(2)] == [LIST, LIST]
    assert DiscussionRequest.objects.count() == 1


def test_opening_the_page_changes_nothing_and_says_what_to_do_in_danger(client, sign_in, sam, make_visit):
    visit = make_visit(days=3)
    page = sign_in(client, sam).get(ADD)
    said = main_text(page)
    assert "If a child is in danger now, call 999." in said
    assert f"The next visit is on {longdate(visit.planned_start_at)}." in said
    assert not DiscussionRequest.objects.exists()


def test_what_is_missing_is_said_in_the_words_of_the_labels(client, sign_in, sam):
    page = sign_in(client, sam).post(ADD, {"form_key": KEY})
    assert errors(page) == [
        "Select who this is about",
        "Enter what you would like help with",
        "Select if the parents or carers know",
        "Select how soon",
    ]
    assert parsed(page).title.get_text().startswith("Error: ")


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("child", "Select the year group of the child"),
        ("group", "Enter the name of the group"),
        ("class", "Enter the name of the class"),
        ("year_group", "Select which year group"),
    ],
)
def test_whom_it_is_about_is_said_as_far_as_it_needs(client, sign_in, sam, about, said):
    page = sign_in(client, sam).post(ADD, asked(about=about, child_year=""))
    assert errors(page) == [said]


def test_what_stands_under_another_choice_is_not_kept(client, sign_in, sam):
    more = {"group_name": "Lunch club", "class_name": "4B", "year": "2", "phone": "01632 960018"}
    sign_in(client, sam).post(ADD, asked(about="staff", **more))
    request = only()
    assert (request.group_name, request.year_group, request.phone) == ("", None, "")


def test_reception_is_a_year_group(client, sign_in, sam):
    sign_in(client, sam).post(ADD, asked(child_year="0"))
    assert only().year_group == 0


def test_a_shared_case_can_be_chosen_and_no_other(client, sign_in, sam, shared_case, make_consultation):
    hidden = make_consultation().case
    page = sign_in(client, sam).get(ADD)
    values = [box["value"] for box in parsed(page).select("input[name=about]")]
    assert values == [str(shared_case.pk), "child", "group", "class", "year_group", "staff"]
    assert errors(client.post(ADD, asked(about=str(hidden.pk)))) == ["Select who this is about"]
    client.post(ADD, asked(about=str(shared_case.pk)))
    assert (only().case, only().year_group) == (shared_case, None)


def test_a_name_that_is_known_is_asked_about_once(client, sign_in, sam, shared_case):
    page = sign_in(client, sam).post(ADD, asked(sentence="Today Robin cried"))
    assert "Is this the name of a child?" in page.text
    assert not DiscussionRequest.objects.exists()
    seen = parsed(page).find("input", {"name": "names_seen"})["value"]
    client.post(ADD, asked(sentence="Today Robin cried", names_seen=seen))
    assert only().sentence == "Today Robin cried"


def test_a_name_of_a_child_the_school_may_not_know_of_is_not_given_away(
    client, sign_in, sam, make_consultation
):
    make_consultation()
    assert sign_in(client, sam).post(ADD, asked(sentence="Today Robin cried")).status_code == 302


def test_the_school_puts_its_requests_in_order_with_buttons(client, sign_in, sam, make_request):
    make_request("First")
    second = make_request("Second")
    sign_in(client, sam)
    page = button(client, second, "up")
    assert rows(page)[0].endswith("Second")
    second.refresh_from_db()
    assert rows(button(client, second, "down"))[0].endswith("First")


def test_an_order_somebody_else_changed_is_looked_at_again(client, sign_in, sam, make_request):
    make_request("First")
    page = button(sign_in(client, sam), make_request("Second"), "up", version=0)
    assert "This changed while you had the page open." in page.text
    assert rows(page)[0].endswith("First")


def test_one_that_is_withdrawn_stands_below(client, sign_in, sam, make_request):
    page = button(sign_in(client, sam), make_request("Not now"), "withdraw")
    assert rows(page) == []
    assert "Not now Withdrawn by the school on" in main_text(page)


def test_the_list_says_nothing_of_a_case_that_is_not_shared_any_more(
    client, sign_in, sam, make_request, make_consultation
):
    make_request(about=make_consultation().case)
    page = main_text(sign_in(client, sam).get(LIST))
    assert "A case that is not shared any more" in page
    assert "Robin" not in page


def test_the_list_costs_the_same_for_one_and_for_three(client, sign_in, sam, make_request, shared_case):
    def more():
        make_request(about=shared_case)
        gone = make_request()
        withdraw_request(gone, by=sam, at=timezone.now(), opened_version=gone.version)

    sign_in(client, sam)
    more()
    first = cost(client, LIST), cost(client, ADD)
    more()
    more()
    assert (cost(client, LIST), cost(client, ADD)) == first
    assert max(first) <= AT_MOST


def test_a_visit_page_costs_the_same_for_one_request_and_for_three(
    client, sign_in, priya, visit, make_request, make_plan
):
    sign_in(client, priya)
    make_request(about=make_plan("agreed").case)
    first = cost(client, visit.get_absolute_url())
    make_request(about=make_plan("agreed").case)
    make_request(how_soon="sooner")
    assert cost(client, visit.get_absolute_url()) == first
    assert first <= AT_MOST


def test_the_school_is_asked_ten_days_before_a_visit_until_it_has_asked(
    client, sign_in, sam, make_visit, make_request
):
    sign_in(client, sam)
    make_visit(days=11)
    assert "Tell us who" not in client.get("/needs-doing/").text
    visit = make_visit(days=10)
    assert f"Tell us who to discuss on {longdate(visit.planned_start_at)}" in client.get("/needs-doing/").text
    make_request()
    page = client.get("/needs-doing/")
    assert "Tell us who" not in page.text
    assert "1 request to discuss" in main_text(page)


def test_the_clinician_sees_how_many_before_they_go(client, sign_in, priya, make_visit, make_request):
    make_visit(days=2)
    assert "from the school" not in main_text(sign_in(client, priya).get("/today/"))
    make_request()
    assert "1 request from the school" in main_text(client.get("/today/"))


def test_the_clinician_says_that_they_phoned(client, sign_in, priya, visit, make_request):
    request = make_request(how_soon="sooner", phone="01632 960018")
    page = sign_in(client, priya).get(visit.get_absolute_url())
    assert "Sooner, phone me: 01632 960018." in main_text(page)
    data = {"opened_version": request.version, "visit": visit.reference}
    answer = client.post(f"/requests/{request.reference}/phoned/", data)
    assert answer.url == visit.get_absolute_url()
    request.refresh_from_db()
    assert request.how_it_stands == "Talked about on the phone"
