"""Where no script runs: every question is visible, drafts are saved with a button, and the server decides."""

from datetime import timedelta

from consultations.models import Consultation, Review
from tests.plans import next_weekday

from .steps import CONCERN, SENCO

NO_SCRIPT = {"java_script_enabled": False}
HIDDEN_UNTIL_CHOSEN = ["First name", "Name of group", "Name of class", "Minutes", "Their name"]


def test_a_consultation_half_written_is_saved_and_finished_later(hand, visit, priya, sam):
    person = hand(priya, **NO_SCRIPT)
    person.follow("Go on with the visit")
    person.follow("Add a consultation")
    for label in HIDDEN_UNTIL_CHOSEN:
        assert person.page.get_by_label(label, exact=True).is_visible()

    person.choose("A class")
    person.write("Name of class", "Year 3 Otters")
    person.write("What is the concern?", CONCERN)
    person.press("Save and finish later")
    assert person.says("Saved as a draft. Only you can see it.")
    person.follow("Continue")
    assert person.page.get_by_label("Name of class").input_value() == "Year 3 Otters"
    assert person.page.get_by_label("What is the concern?").input_value() == CONCERN
    assert not person.says("There is a problem")

    person.tick(SENCO)
    person.choose("15 minutes")
    person.tick("Sleep")
    person.tick("Nothing yet")
    person.write("What did you agree?", "A quieter start after lunch.")
    person.choose("No", "Is anyone at risk of harm?")
    person.choose("Nothing more")
    person.press("Save consultation")
    assert person.says("Consultation saved. 15 minutes added.")
    consultation = Consultation.objects.get()
    assert (consultation.concern, consultation.case.group_name) == (CONCERN, "Year 3 Otters")


def test_a_plan_is_reviewed(hand, make_plan, today, sam):
    plan = make_plan("agreed", review_on=next_weekday(today + timedelta(days=1)))
    person = hand(sam, **NO_SCRIPT)
    person.follow(f"Review plan {plan.reference}")
    person.choose("Going well, carry on")
    person.press("Save review")
    assert person.says(f"Review of plan {plan.reference} saved.")
    assert Review.objects.get().overall == "going_well"
