"""What an editor or a reviewer sees before a page is published is the page that gets published."""

import re

import pytest
from django.urls import reverse

from tests.cast import sign_in

from .typed import SUBMIT, edit_url, typed

ADD_TO_A_PLAN = "Add to a plan"


def rows(html):
    """The rows of "Who it helps"."""
    found = re.findall(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", html, re.DOTALL)
    return [(label.strip(), " ".join(re.sub(r"<[^>]+>", " ", words).split())) for label, words in found]


def headings(html):
    return re.findall(r"<h2[^>]*>(.*?)</h2>", html)


@pytest.fixture
def draft_of(client, edie):
    client.force_login(edie)
    return lambda page: client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).text


def test_a_strategy(draft_of, client, make_strategy):
    page = make_strategy(themes=["worry", "sleep"])
    draft, published = draft_of(page), client.get(page.url).text
    assert rows(draft) == [
        ("Concerns", "Worry or anxiety Sleep"),
        ("Ages", "Key stage 2 (Years 3 to 6)"),
        ("Who it is for", "One child"),
        ("Who does it", "Class teacher or tutor"),
        ("Effort", "No extra time"),
        ("Time until it shows", "Within days"),
    ]
    assert rows(draft) == rows(published)
    assert headings(draft) == [words for words in headings(published) if words != "What has worked here"]
    assert "What to do" in headings(draft)


def test_a_page_on_what_staff_do_first(draft_of, client, make_strategy):
    page = make_strategy(themes=["self-harm"])
    draft = draft_of(page)
    assert headings(draft) == headings(client.get(page.url).text)
    assert headings(draft)[:3] == ["What to do first", "Whom to tell", "Where help is"]
    assert [label for label, _ in rows(draft)] == ["Concerns", "Ages", "Who it is for", "Who does it"]


def test_a_topic(draft_of, client, make_strategy, make_topic):
    make_strategy("A quiet corner")
    make_strategy("Not yet", live=False)
    make_strategy("Another concern", themes=["sleep"])
    page = make_topic()
    cards = r'class="nhsuk-card__link" href="[^"]*">(.*?)</a>'
    assert re.findall(cards, draft_of(page)) == ["A quiet corner"]
    assert re.findall(cards, client.get(page.url).text) == ["A quiet corner"]


def test_a_review_that_is_overdue(draft_of, make_strategy, today):
    long_ago = today.replace(year=today.year - 2, day=1)
    page = make_strategy(reviewed_by="Priya Nair", reviewed_on=long_ago, review_due_on=long_ago)
    assert "It was due for review again on" in draft_of(page)


def test_what_is_typed_is_seen_before_it_is_saved(client, edie, make_strategy):
    page = make_strategy()
    client.force_login(edie)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(address, typed("Show it", who=["senco"])).json()["is_valid"]
    html = client.get(address).text
    assert "Show it" in html
    assert ("Concerns", "Worry or anxiety Sleep") in rows(html)


def test_a_reviewer_sees_the_page_without_its_buttons(client, edie, priya, make_strategy):
    page = make_strategy()
    client.force_login(edie)
    client.post(edit_url(page), typed("Show it") | SUBMIT)
    reviewer = sign_in(client, priya)
    assert ADD_TO_A_PLAN in reviewer.get(page.url).text
    state = page.current_workflow_task_state
    html = reviewer.get(reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task.pk])).text
    assert "Show it" in html
    assert ("Ages", "Early years (Nursery and Reception) Key stage 2 (Years 3 to 6)") in rows(html)
    assert ADD_TO_A_PLAN not in html
