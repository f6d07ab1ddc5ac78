"""A paper that was handed out never changes, whatever is renamed or written after it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Paper
from consultations.services import agree_plan, change_plan, send_plan, share_consultation
from tests.filling import parsed
from tests.handing_out import hand_out_as_read
from tests.plans import as_it_is_now

from .test_paper_as_read import every_paper, text_of

CHANGED = {
    "case": {"first_name": "canary-1", "last_name": "canary-2", "year_group": 5},
    "school": {"name": "canary-school", "telephone": "01632 960999"},
    "service": {
        name: f"canary-{name}" for name in ("name", "what_a_plan_is", "if_things_get_worse", "paper_label")
    },
    "person": {"first_name": "canary-3", "last_name": "canary-4"},
    "at_school": {"name": "canary-5", "job": "canary-6"},
}
DRAWN = ", ".join(f"main {name}" for name in ("h1", "h2", "h3", "dl", "table", "ul", "svg", "p.app-pre-line"))


@pytest.fixture
def talk(make_consultation, priya):
    talk = make_consultation(next_step="start_plan", agreed="A calm start.")
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    talk.refresh_from_db()
    return talk


@pytest.fixture
def plan(make_plan, make_review, talk):
    plan = make_plan("agreed", consultation=talk)
    make_review(plan, ratings={plan.versions.get().goals.get(): 5}, note="Mondays are hard.")
    return plan


@pytest.fixture
def everything_changes(plan, talk, change, plan_content, make_review, priya, sam):
    """Names of child, school, service and people; the consultation; a new version, agreed and reviewed."""

    def change_it():
        plan.refresh_from_db()
        change(talk, agreed="canary-agreed", minutes=90, themes=["sleep"])
        content = plan_content(plan.partnership, priya, concern="canary-concern", why_changed="canary-why")
        now = timezone.now()
        version = change_plan(plan, content, by=priya, at=now, opened_version=plan.version)
        version = send_plan(version, by=priya, at=now, opened_version=version.version)
        agree_plan(version, by=sam, at=now, opened_version=version.version)
        make_review(as_it_is_now(plan), note="canary-note")
        partnership, case = plan.partnership, plan.case
        case.refresh_from_db()
        for kind, records in {
            "case": [case],
            "school": [partnership.school],
            "service": [partnership.service],
            "person": [priya, sam],
            "at_school": list(partnership.people.all()),
        }.items():
            for record in records:
                for name, value in CHANGED[kind].items():
                    setattr(record, name, value)
                record.save() if kind in ("school", "person") else save_tracked(
                    record, by=priya, reason="Changed"
                )

    return change_it


@every_paper
def test_it_is_the_same_to_the_byte_when_all_that_it_tells_of_has_changed(
    client, sign_in, priya, plan, everything_changes, name, asked
):
    url = reverse(f"consultations:{name}", args=[(plan if name.startswith("plan") else plan.case).reference])
    hand_out_as_read(sign_in(client, priya), url, asked)
    paper = Paper.objects.get()
    page_url, pdf_url = paper.get_absolute_url(), f"{paper.get_absolute_url()}paper.pdf"
    first = client.get(pdf_url)
    client.get(page_url)  # takes the message off
    page, copy = drawn(client.get(page_url)), client.get(pdf_url)
    assert len(page) > 5
    everything_changes()
    assert "canary" in client.get(url, asked).text
    assert drawn(client.get(page_url)) == page
    assert client.get(pdf_url).content == copy.content
    # Of the second print every page says so, and nothing else is another.
    assert text_of(copy).replace(". Copy", "") == text_of(first)
    assert text_of(copy).count(". Copy") == text_of(copy).count("handed out on")


def drawn(page):
    return [str(part) for part in parsed(page).select(DRAWN)]
