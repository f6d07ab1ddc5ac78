"""The leaver: the lead hands over at the keyboard, the new clinician finishes, the old page opens nothing."""

from accounts.models import RoleRow
from consultations.models import Consultation, Draft
from tests.cast import give_role
from tests.places import new_person

from .conftest import PHONE
from .keys import fill, go, pick
from .steps import AGREED, CONCERN, a_class, finish_talk, talk


def test_the_lead_hands_over_and_the_new_clinician_finishes_the_draft(
    hand, visit, make_visit, another_school, service, admin_person, priya, owen, ruth, sam
):
    make_visit(days=7)
    make_visit(another_school, owen, days=7)
    give_role(new_person("Yusuf", "Arden"), RoleRow.Kind.CLINICIAN, service, by=admin_person)
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
    lead.tab_to(lead.page.get_by_role("button", name="More"))
    lead.key("Enter")
    go(lead, "link", "Users")
    go(lead, "link", "Priya Nair")
    with lead.counting() as cost:
        go(lead, "button", "Leaving: hand over the work")
        look_at(lead)
        assert not lead.says("Otters")
        hand_to(lead, 0)
        look_at(lead)
        assert lead.says("Visits to decide: 1")
        assert lead.says("9am to midday: Owen Pritchard is at Tansy Hill Primary School")
        go(lead, "button", "End the roles and hand over")
    assert (cost.clicks, cost.pages) == (0, 3)
    look_at(lead)
    assert lead.says("Handed to Owen Pritchard: 2 roles, 1 draft, 1 visit, 0 visit patterns.")
    assert lead.heading() == "Visits to decide"

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

    go(lead, "link", "Hand over the work of Priya Nair")
    hand_to(lead, 1)
    go(lead, "button", "End the roles and hand over")
    lead.page.goto("/visits-to-decide/")
    assert lead.says("Somebody makes each visit.")
    assert lead.clicks == 0


def hand_to(lead, downs):
    """Fill in the form from the top, and go on to the page that asks."""
    pick(lead, "Who goes on with the work?", downs)
    fill(lead, "Why?", "Left the service")
    go(lead, "button", "Continue")


def look_at(lead):
    """axe looks at other widths too: then the phone is small again."""
    lead.sees()
    lead.page.set_viewport_size(PHONE["viewport"])
