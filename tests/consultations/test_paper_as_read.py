"""What is handed out is what was read on the page: a change in between is shown first, and loses nothing."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from consultations.models import Paper
from consultations.services import recall_share, share_consultation
from tests.filling import as_sent, banners, main_text
from tests.handing_out import form_of, hand_out_as_read

CHANGED = "This paper has changed since you opened it. Read it again, then hand it out."
PAPERS = [
    ("plan-paper", {}),
    ("plan-paper", {"request": "1"}),
    ("evidence", {}),
    ("chronology", {"for": "school"}),
    ("chronology", {"for": "clinicians"}),
]
every_paper = pytest.mark.parametrize(("name", "asked"), PAPERS)


@pytest.fixture
def plan(make_plan, make_consultation, priya):
    talk = make_consultation()
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    return make_plan("agreed", consultation=talk)


@pytest.fixture
def url_of(plan):
    def url(name):
        about = plan if name.startswith("plan") else plan.case
        return reverse(f"consultations:{name}", args=[about.reference])

    return url


@every_paper
def test_what_changed_since_it_was_read_is_shown_and_not_handed_out(
    client, sign_in, sam, priya, plan, make_review, url_of, name, asked
):
    reader = priya if asked == {"for": "clinicians"} else sam
    address, fields = form_of(sign_in(client, reader).get(url_of(name), asked))
    make_review(plan, overall="finished")
    page = client.post(address, fields, follow=True)
    assert banners(page) == [CHANGED]
    assert not Paper.objects.exists()
    # The new page has what changed and the same choices, and from here it goes out.
    assert "finished" in main_text(page).lower()
    _, again = form_of(page)
    assert again["read"] != fields["read"]
    assert again | {"read": fields["read"]} == fields
    client.post(address, as_sent(page))
    assert Paper.objects.count() == 1


@every_paper
@pytest.mark.parametrize("mark", ["", "0" * 64, "\0", "\N{SNOWMAN}", "<b>" * 30_000])
def test_a_page_that_was_not_read_hands_nothing_out(client, sign_in, priya, plan, url_of, name, asked, mark):
    address, fields = form_of(sign_in(client, priya).get(url_of(name), asked))
    assert banners(client.post(address, fields | {"read": mark}, follow=True)) == [CHANGED]
    assert not Paper.objects.exists()


@pytest.mark.parametrize(("name", "asked"), PAPERS[:4])
def test_what_somebody_else_read_is_not_what_you_read(client, sign_in, sam, priya, plan, url_of, name, asked):
    address, fields = form_of(sign_in(client, priya).get(url_of(name), asked))
    assert banners(sign_in(client, sam).post(address, fields, follow=True)) == [CHANGED]


def test_the_mark_of_one_choice_is_none_of_another(client, sign_in, sam, plan, url_of):
    address, fields = form_of(sign_in(client, sam).get(url_of("plan-paper")))
    assert banners(client.post(address, fields | {"request": "1"}, follow=True)) == [CHANGED]
    assert not Paper.objects.exists()


@every_paper
def test_the_page_says_what_the_paper_says(client, sign_in, priya, plan, make_review, url_of, name, asked):
    make_review(plan)
    read = blocks_on(sign_in(client, priya).get(url_of(name), asked))
    hand_out_as_read(client, url_of(name), asked)
    assert read == blocks_on(client.get(Paper.objects.get().get_absolute_url()))


def blocks_on(page):
    """What the page draws, without the line that a print from the screen has more."""
    return [
        block | {"rows": [row for row in block.get("rows", []) if row[0] != "Printed"]}
        for block in page.context["blocks"]
    ]


def text_of(page):
    return " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.content)).pages)


def close(plan, priya):
    recall_share(plan.shares.filter(closed_at=None).first(), by=priya, at=timezone.now())


@pytest.mark.parametrize("which", ["plan-paper", "plan-pdf"])
def test_a_clinician_prints_for_the_school_what_the_school_can_read(
    client, sign_in, priya, plan, make_review, make_plan, url_of, which
):
    """Cycle 1 was closed to the school: the paper of cycle 2 repeats no review of it, whoever prints it."""
    make_review(plan, note="canary-closed", overall="finished")
    second = make_plan("agreed", case=plan.case)
    make_review(second, note="Of cycle two.")
    close(plan, priya)
    page = sign_in(client, priya).get(reverse(f"consultations:{which}", args=[second.reference]))
    words = main_text(page) if which == "plan-paper" else text_of(page)
    assert ("Of cycle two." in words, "canary" in words) == (True, False)


def test_a_plan_that_is_closed_to_the_school_has_no_button(client, sign_in, priya, plan, url_of):
    address, fields = form_of(sign_in(client, priya).get(url_of("plan-paper")))
    close(plan, priya)
    page = client.post(address, fields, follow=True)
    assert banners(page) == ["Nothing that is on this paper is shared with the school."]
    assert "Hand it out" not in page.text
