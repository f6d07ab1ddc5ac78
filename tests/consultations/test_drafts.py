"""Half-written forms: one's own, without a name that was not chosen, and never silently overwritten."""

from uuid import uuid4

import pytest
from django.utils import timezone

from consultations.models import Draft
from consultations.services import StaleDraft, discard_draft, keep_draft

NAMES = {
    "first_name": ["Robin"],
    "last_name": ["Underhay"],
    "date_of_birth_day": ["1"],
    "date_of_birth_month": ["2"],
    "date_of_birth_year": ["2017"],
}


@pytest.fixture
def keep(priya, quillbrook):
    """Keep a draft. Every override is an argument of keep_draft."""

    def make(key, payload, page=None, **overrides):
        place = {"kind": "consultation", "partnership": quillbrook}
        values = {"by": priya, "path": "/plans/", "at": timezone.now(), "page": page or uuid4()}
        return keep_draft(key, payload, **(values | place | overrides))

    return make


def test_the_same_opening_of_a_form_writes_over_its_own_draft(keep):
    key, page = uuid4(), uuid4()
    keep(key, {"concern": ["Half"]}, page)
    keep(key, {"concern": ["Half a sentence"]}, page)
    draft = Draft.objects.get()
    assert (draft.payload, draft.version) == ({"concern": ["Half a sentence"]}, 2)
    assert draft.saved_at >= draft.started_at


def test_another_opening_has_to_have_seen_the_newest(keep):
    key = uuid4()
    keep(key, {"concern": ["First tab"]})
    second = uuid4()
    keep(key, {"concern": ["Second tab"]}, second, opened_version=1)
    with pytest.raises(StaleDraft):
        keep(key, {"concern": ["Third tab"]}, opened_version=1)
    assert Draft.objects.get().payload == {"concern": ["Second tab"]}


def test_a_key_of_another_page_or_school_does_not_write_over_its_draft(keep, another_school):
    key, page = uuid4(), uuid4()
    keep(key, {"concern": ["Here"]}, page)
    for elsewhere in ({"path": "/visits/"}, {"partnership": another_school}):
        with pytest.raises(StaleDraft):
            keep(key, {"concern": ["Elsewhere"]}, page, opened_version=1, **elsewhere)
    assert Draft.objects.get().payload == {"concern": ["Here"]}


@pytest.mark.parametrize(
    "chosen",
    [
        {"subject": ["child"], "child": ["no_name"]},
        {"subject": ["child"], "child": ["17"]},
        {"subject": ["class"]},
        {"subject": ["staff"], "child": ["new"]},
    ],
)
def test_a_name_that_was_not_chosen_is_not_kept(keep, chosen):
    draft = keep(uuid4(), NAMES | chosen | {"concern": ["Half"]})
    assert draft.payload == chosen | {"concern": ["Half"]}


@pytest.mark.parametrize("chosen", [{"subject": ["child"], "child": ["new"]}, {"subject": ["child"]}, {}])
def test_a_name_that_was_chosen_or_may_still_be_is_kept(keep, chosen):
    assert keep(uuid4(), NAMES | chosen).payload == NAMES | chosen


def test_the_key_of_a_draft_is_no_way_to_somebody_elses(keep, owen, another_school):
    key = uuid4()
    keep(key, {"concern": ["Priya's"]})
    discard_draft(key, by=owen)
    assert Draft.objects.get().payload == {"concern": ["Priya's"]}


def test_only_the_writer_sees_a_draft(keep, priya, ruth, sam, owen, role_of):
    draft = keep(uuid4(), {})
    seen = {
        person.first_name: list(Draft.objects.visible_to(role_of(person)))
        for person in (priya, ruth, sam, owen)
    }
    assert seen == {"Priya": [draft], "Ruth": [], "Sam": [], "Owen": []}
