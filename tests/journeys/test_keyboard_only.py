"""The jobs done most, on a screen 320 px wide, with Tab, Enter, Space and the arrows alone."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import CheckIn, Consultation, ParentsMeeting, PlanVersion, Review
from consultations.services import give_plan_to_reader
from tests.plans import next_weekday

from .keys import fill, go, pick, tick
from .steps import AGREED, CONCERN, SENCO


def test_a_consultation_is_logged_without_a_mouse(keyboard, visit, priya, sam):
    person = keyboard(priya)
    go(person, "button", "Go on with the visit")
    go(person, "button", "Add a consultation")
    person.key("Tab")
    assert person.page.get_by_role("link", name="Skip to main content").evaluate("e => e.matches(':focus')")
    person.key("Enter")
    pick(person, "Who is this about?", 2)
    fill(person, "Name of class", "Year 3 Otters")
    tick(person, SENCO)
    pick(person, "How long did it take?", 1)
    tick(person, "Sleep")
    fill(person, "What is the concern?", CONCERN)
    tick(person, "Nothing yet")
    fill(person, "What did you agree?", AGREED)
    pick(person, "Is anyone at risk of harm?", 0)
    pick(person, "What happens next?", 2)
    go(person, "button", "Save consultation")
    assert person.says("Consultation saved. 30 minutes added.")
    assert person.clicks == 0
    assert Consultation.objects.get().case.group_name == "Year 3 Otters"


def test_a_plan_is_reviewed_without_a_mouse(keyboard, make_plan, today, sam):
    plan = make_plan("agreed", review_on=next_weekday(today + timedelta(days=1)))
    person = keyboard(sam)
    go(person, "link", f"Review plan {plan.reference}")
    pick(person, "How is the plan going?", 1)
    pick(person, "Robin comes in calmly", 6)
    pick(person, "did it happen?", 1)
    fill(person, "Anything to add?", "Mondays are still hard.")
    go(person, "button", "Save review")
    assert person.says(f"Review of plan {plan.reference} saved.")
    assert person.clicks == 0
    review = Review.objects.get()
    assert (review.overall, review.ratings.get().rating) == ("some_progress", 6)


def test_a_check_in_is_made_without_a_mouse(keyboard, make_plan, sam, tess):
    plan = make_plan("agreed")
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    person = keyboard(tess)
    go(person, "link", plan.reference)
    go(person, "button", "Say how it is going")
    pick(person, "did it happen?", 1)
    pick(person, "did it help?", 3)
    go(person, "button", "Save check-in")
    assert person.says("Thank you. The next review will be shown what you told.")
    assert person.clicks == 0
    answer = CheckIn.objects.get().answers.get()
    assert (answer.happened, answer.helped) == ("sometimes", "too_soon")


def test_a_plan_without_headway_is_changed_without_a_mouse(keyboard, make_plan, make_review, sam):
    plan = make_plan("agreed")
    make_review(plan, overall="not_working")
    person = keyboard(sam)
    person.page.goto(f"{plan.get_absolute_url()}review/")
    pick(person, "How is the plan going?", 2)
    go(person, "button", "Save review")
    pick(person, "What will you do now?", 1)
    go(person, "button", "Save review")
    go(person, "link", "Record a meeting with the parents or carers")
    fill(person, "Who came?", "The mother and the SENCO")
    fill(person, "What did you agree?", "A note goes home on Fridays.")
    go(person, "button", "Save meeting")
    assert not person.says("This plan needs a change")
    assert person.clicks == 0
    assert ParentsMeeting.objects.get().who_came == "The mother and the SENCO"


def test_the_school_changes_a_plan_without_a_mouse(keyboard, make_plan, sam):
    plan = make_plan("agreed")
    person = keyboard(sam)
    person.page.goto(plan.get_absolute_url())
    go(person, "link", "Change who, how often or the date")
    person.tab_to(person.page.get_by_role("group", name="How often?").get_by_role("radio", checked=True))
    person.key("ArrowDown")
    fill(person, "Why are you changing this?", "Most days is what we manage.")
    go(person, "button", "Send to the clinician to agree")
    assert person.says("With the clinician")
    assert person.clicks == 0
    sent = PlanVersion.objects.get(plan=plan, status="sent")
    assert sent.steps.get().how_often == "most_days"
