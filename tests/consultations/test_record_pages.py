"""The texts of a visit, the buttons beside them, and the list of what is not copied yet."""

import pytest
from django.utils import timezone

from accounts.models import Reading
from consultations.models import RecordCopy
from consultations.services import finish_visit, share_consultation
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed
from tests.records import minutes, named_child, no_names_child
from web.words import longdate

LIST = "/record/"


@pytest.fixture
def ended(visit, make_consultation):
    """Priya's visit of today, finished, with a talk about each of `about`."""

    def make(*about, on=None, **fields):
        on = on or visit
        for one in about:
            make_consultation(visit=on, about=one, **fields)
        now = timezone.now()
        times = {"at": now, "ended_at": now, "opened_version": on.version}
        return finish_visit(on, by=on.clinician, minutes=minutes(30), **times)

    return make


def url(visit, button=""):
    return f"{visit.get_absolute_url()}record/{button}"


def forms_of(page):
    """(address, what it sends) of each button of the page."""
    found = parsed(page).select("main form[method=post]")
    return [(f["action"], {i["name"]: i["value"] for i in f.select("input[name=case], input[name=seen]")})
            for f in found]  # fmt: skip


def press(client, page, number=0):
    address, sent = forms_of(page)[number]
    return client.get(client.post(address, sent).url)


def test_from_the_finished_visit_to_nothing_left(client, sign_in, priya, ended):
    visit = ended(named_child(), named_child(first_name="Ivy"))
    sign_in(client, priya)
    assert "2 of 2 not yet copied." in main_text(client.get(visit.get_absolute_url()))
    today = client.get("/today/")
    assert "Not yet copied to your record system (2)" in main_text(today)
    assert "Robin" not in main_text(today)
    assert "Robin, Year 4 Ivy, Year 4" in main_text(client.get(LIST))
    page = client.get(url(visit))
    page = press(client, page)
    assert banners(page) == ["Robin Underhay: copied to our record system."]
    assert f"Copied on {longdate(timezone.now())}" in main_text(page)
    press(client, page, 1)
    assert "Everything is copied." in main_text(client.get(LIST))
    assert "All 2 copied." in main_text(client.get(visit.get_absolute_url()))
    assert "Not yet copied" not in main_text(client.get("/today/"))


def test_the_text_is_in_a_box_that_can_be_read_and_not_written_in(client, sign_in, priya, ended):
    visit = ended(named_child(first_name='<b>"Rob"'), clinical_note="</textarea><script>alert(1)</script>")
    page = sign_in(client, priya).get(url(visit))
    (box,) = parsed(page).select("main textarea")
    assert box.has_attr("readonly")
    assert box.text.removeprefix("\n").startswith('Name: <b>"Rob" Underhay\nYear group: Year 4\n')
    assert "For clinicians only: </textarea><script>alert(1)</script>" in box.text
    assert parsed(page).select("main script, main b") == []


def test_pressed_twice_it_is_written_once_and_undone_it_is_listed_again(client, sign_in, priya, ended):
    visit = ended(named_child())
    sign_in(client, priya)
    page = client.get(url(visit))
    press(client, page)
    done = press(client, page)
    assert RecordCopy.objects.get().history.count() == 1
    page = press(client, done)
    assert banners(page) == ["Robin Underhay: not copied. It is listed again."]
    assert "Robin, Year 4" in main_text(client.get(LIST))


def test_what_changed_since_it_was_copied_is_named(client, sign_in, priya, ended, change):
    visit = ended(named_child())
    sign_in(client, priya)
    open_before = client.get(url(visit))
    press(client, open_before)
    talk = visit.consultations.get()
    change(talk, minutes=45, concern="Robin cries at the gate.")
    page = client.get(url(visit))
    day = longdate(timezone.now())
    assert f"Changed since it was copied on {day}. Consultation {talk.reference} was changed." in main_text(
        page
    )
    assert f"Robin, Year 4: changed since it was copied on {day}" in main_text(client.get(LIST))
    page = press(client, open_before)
    assert banners(page) == ["This changed while you had the page open. Look at it as it is now."]
    assert "Changed since" in main_text(page)


@pytest.mark.parametrize("case", ["", "x", "999999999", "another"])
def test_a_button_without_a_child_of_this_visit_does_nothing(
    client, sign_in, priya, ended, make_visit, make_consultation, case
):
    visit = ended(named_child())
    other = make_consultation(visit=make_visit(days=1, started=True))
    sent = {"case": other.case_id if case == "another" else case, "seen": ""}
    sign_in(client, priya)
    for button in ("copied/", "undo/"):
        page = client.get(client.post(url(visit, button), sent).url)
        assert banners(page) == ["Nothing of this visit goes into the record of that child."]
    assert not RecordCopy.objects.exists()


def test_work_about_nobody_by_name_is_left_out_and_the_page_says_why(client, sign_in, priya, ended):
    visit = ended(named_child(), no_names_child())
    text = main_text(sign_in(client, priya).get(url(visit)))
    assert "1 consultation of this visit has no text." in text
    assert "is never one." in text


def test_of_a_visit_that_is_not_finished_there_is_no_text(client, sign_in, priya, visit, make_consultation):
    make_consultation()
    answer = sign_in(client, priya).get(url(visit))
    assert answer.url == visit.get_absolute_url()
    assert banners(client.get(answer.url)) == ["Finish the visit first. Then there are texts to copy."]
    assert Reading.objects.count() == 0


def test_two_that_begin_at_the_same_time_are_pointed_out(
    client, sign_in, priya, visit, make_consultation, ended
):
    first = make_consultation(visit=visit)
    ended(first.case, held_at=first.held_at)
    text = main_text(sign_in(client, priya).get(url(visit)))
    assert "two contacts of one child at the same time count as one" in text
    assert text.count("Change the time of N-") == 2


def test_each_child_whose_text_is_shown_is_one_reading(client, sign_in, priya, ended):
    visit = ended(named_child(), named_child(first_name="Ivy"), no_names_child())
    sign_in(client, priya).get(url(visit))
    rows = Reading.objects.order_by("pk").values_list("door", "record", "case__first_name")
    assert list(rows) == [("consultations:visit-record", visit.reference, name) for name in ("Robin", "Ivy")]


@pytest.mark.parametrize(("who", "code"), [("ruth", 403), ("sam", 403), ("hana", 403), ("owen", 404)])
def test_nobody_else_reads_or_ticks_it(request, client, sign_in, ended, who, code):
    visit = ended(named_child())
    sign_in(client, request.getfixturevalue(who))
    assert client.get(url(visit)).status_code == code
    assert client.post(url(visit, "copied/"), {}).status_code == code
    assert client.get(LIST).status_code == (200 if who == "owen" else 403)


def test_the_pages_cost_the_same_for_one_child_and_for_three(
    client, sign_in, priya, ended, make_visit, make_consultation, make_plan
):
    def one_more(visit):
        talk = make_consultation(
            visit=visit,
            held_at=timezone.now(),
            clinical_note="Note",
            tried=[("A chart", "partly")],
            themes=["worry", "sleep"],
        )
        make_plan("agreed", consultation=talk)
        share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)

    sign_in(client, priya)
    costs = []
    for number in (1, 3):
        visit = make_visit(started=True, days=number - 5)
        for _ in range(number):
            one_more(visit)
        ended(on=visit)
        costs.append([cost(client, page) for page in (LIST, url(visit), visit.get_absolute_url())])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= AT_MOST, costs[0]


def test_a_long_list_has_pages(client, sign_in, priya, ended, make_visit, monkeypatch):
    monkeypatch.setattr("consultations.views.record.PAGE", 2)
    now = {"held_at": timezone.now()}
    visits = [ended(named_child(), on=make_visit(started=True, days=day), **now) for day in (-3, -2, -1)]
    sign_in(client, priya)
    first = client.get(LIST)
    assert references(first) == [visit.reference for visit in visits[:2]]
    later = parsed(first).select_one(".nhsuk-pagination a")
    assert "Later visits" in later.get_text(" ", strip=True)
    last = client.get(LIST + later["href"])
    assert references(last) == [visits[2].reference]
    earlier = client.get(LIST + parsed(last).select_one(".nhsuk-pagination a")["href"])
    assert references(earlier) == references(first)


def references(page):
    return [a["href"].split("/")[2] for a in parsed(page).select("main .app-card a")]
