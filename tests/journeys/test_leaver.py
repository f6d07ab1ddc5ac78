"""The leaver: the lead hands over at the keyboard, the new clinician finishes, the old page opens nothing."""

from accounts.models import RoleRow
from consultations.models import Consultation, Draft

from .conftest import PHONE
from .keys import fill, go, pick
from .steps import AGREED, CONCERN, a_class, finish_talk, talk


def test_the_lead_hands_over_and_the_new_clinician_finishes_the_draft(hand, visit, priya, owen, ruth, sam):
    # The page that is open when the roles end is refused, and a browser complains of that.
    leaver = hand(priya, quiet=False)
    leaver.page.goto(f"{visit.get_absolute_url()}add/")
    a_class(leaver)
    talk(leaver)
    leaver.press("Save and finish later")
    leaver.follow("Continue")
    assert CONCERN in leaver.page.get_by_label("What is the concern?").input_value()

    lead = hand(ruth, **PHONE)
    lead.clicks = 0
    menu = lead.page.get_by_role("button", name="More")
    lead.tab_to(menu)
    lead.key("Enter")
    go(lead, "link", "Users")
    lead.sees()
    lead.page.set_viewport_size(PHONE["viewport"])
    go(lead, "link", "Priya Nair")
    lead.sees()
    lead.page.set_viewport_size(PHONE["viewport"])
    go(lead, "button", "Leaving: hand over the work")
    lead.sees()
    lead.page.set_viewport_size(PHONE["viewport"])
    assert not lead.says("Otters")
    pick(lead, "Who goes on with the work?", 0)
    fill(lead, "Why?", "Left the service")
    go(lead, "button", "End the roles and hand over")
    assert lead.says("Handed to Owen Pritchard: 2 roles, 1 draft, 1 visit.")
    assert lead.clicks == 0

    finish_talk(leaver, note="", next_step="Nothing more")
    assert leaver.heading() == "Choose a role first"
    leaver.page.goto(visit.get_absolute_url())
    assert leaver.heading() == "You have no role yet"
    assert not Consultation.objects.exists()

    new = hand(owen)
    new.follow("Consultation at Quillbrook Primary School")
    assert CONCERN in new.page.get_by_label("What is the concern?").input_value()
    finish_talk(new, note="Handed over by Priya.", next_step="Nothing more")
    assert new.says("Consultation saved. 30 minutes added.")
    written = Consultation.objects.get()
    assert (written.author, written.concern, written.agreed) == (owen, CONCERN, AGREED)
    assert not Draft.objects.exists()
    assert not RoleRow.objects.filter(person=priya, end_on=None).exists()
