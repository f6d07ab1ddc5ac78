"""The two boxes of a consultation, sharing what stands in one of them, and taking it back."""

from playwright.sync_api import expect

from consultations.models import Share
from tests.records import whole_class

CLINICAL = "For clinicians only (optional)"
NOTE = "Mum is unwell and asked us to say nothing."
SHARED = "A calm start at the side door with the same adult."


def test_a_paragraph_goes_across_and_the_preview_shows_it(hand, visit, priya, sam):
    person = hand(priya)
    person.page.goto(f"{visit.get_absolute_url()}add/")
    person.write(CLINICAL, NOTE, exact=True)
    person.key("Enter", "Enter")
    person.type(SHARED)
    ours, theirs = (
        person.page.get_by_label(name, exact=name == CLINICAL) for name in (CLINICAL, "For the school")
    )
    with person.counting() as cost:
        person.click(person.page.get_by_role("button", name="Move this paragraph to “For the school”"))
    assert cost.clicks == 1
    assert (ours.input_value(), theirs.input_value()) == (NOTE, SHARED)
    expect(person.page.locator(".app-preview")).to_contain_text(SHARED)
    assert person.says("What Sam Whitlock will see when you share it")
    person.click(person.page.get_by_role("button", name="Move this paragraph back to “For clinicians only”"))
    assert (ours.input_value(), theirs.input_value()) == (f"{NOTE}\n\n{SHARED}", "")
    expect(person.page.locator(".app-preview")).not_to_contain_text(SHARED)


def test_a_text_is_shared_in_two_clicks_and_recalled_under_the_readers_eyes(
    hand, make_consultation, priya, sam
):
    talk = make_consultation(about=whole_class(), agreed=SHARED, clinical_note=NOTE)
    clinician = hand(priya)
    clinician.page.goto(talk.get_absolute_url())
    with clinician.counting() as cost:
        clinician.follow("Share with the school")
        assert clinician.says(SHARED)
        clinician.press("Share these words")
    assert (cost.clicks, cost.keys) == (2, 0)

    senco = hand(sam, quiet=False)
    senco.follow("Year 3 Otters")
    assert senco.says(SHARED)
    assert not senco.says(NOTE)
    senco.sees()

    clinician.page.goto(Share.objects.get().get_absolute_url())
    clinician.follow("Recall this")
    clinician.press("Recall")
    senco.page.reload()
    assert senco.says("by Priya Nair.")
    assert not senco.says(SHARED)
    senco.sees()
