"""From a plan to the library and back: chosen by the clinician, found by the school."""

from django.urls import reverse

from consultations.models import PlanVersion
from tests.plans import newest

from .keys import fill, go

NO_SCRIPT = {"java_script_enabled": False}
# About anger, which C4 does not offer for a case about worry.
ANGER = "Spot it early and step out"


def plan_page(plan):
    return reverse("consultations:plan", args=[plan.reference])


def row_of(person, strategy):
    ticked = person.page.get_by_role("checkbox", name=strategy)
    return person.page.locator(".app-row").filter(has=ticked)


def test_a_clinician_finds_more_while_a_plan_is_begun(hand, make_consultation, library, calendar, priya, sam):
    talk = make_consultation(next_step="start_plan")
    person = hand(priya)
    person.page.goto(reverse("consultations:plan-add", args=[talk.reference]))
    assert person.says("About worry or anxiety, for key stage 2, for one child")
    person.write("What do you want to be different?", "Robin comes in calmly")
    with person.counting() as cost:
        person.press("Find more strategies")
        person.sees()
        person.write("Words", "step out")
        person.key("Tab")
        person.type("Any")
        person.press("Search")
        person.press(f"Add to plan {ANGER}")
    assert cost.clicks == 4
    assert person.says("1 added")
    person.sees()
    person.follow("Back to the plan")
    assert person.page.get_by_role("checkbox", name=ANGER).is_checked()
    goal = person.page.get_by_label("What do you want to be different?").first
    assert goal.input_value() == "Robin comes in calmly"
    person.sees()


def test_it_is_one_click_from_a_page_of_the_library_that_was_opened_from_the_plan(
    hand, make_plan, library, priya, sam
):
    plan = make_plan("agreed")
    person = hand(priya)
    person.page.goto(plan_page(plan))
    person.follow("Find more strategies for this plan")
    person.follow("Small brave steps")
    person.sees()
    with person.counting() as cost:
        person.press("Add to the plan")
    assert cost.clicks == 1
    assert person.says("“Small brave steps” was added.")
    assert person.says("1 added")


def test_a_senco_finds_a_strategy_in_two_clicks_from_a_plan(hand, make_plan, library, priya, sam):
    plan = make_plan("agreed")
    person = hand(sam)
    person.page.goto(plan_page(plan))
    with person.counting() as cost:
        person.follow("Find strategies like these in the library")
        person.sees()
        person.follow("Small brave steps")
    assert (cost.clicks, cost.pages) == (2, 2)
    assert person.heading() == "Small brave steps"
    person.sees()


def test_strategies_are_chosen_without_a_mouse(keyboard, make_plan, library, priya, sam):
    plan = make_plan("agreed")
    person = keyboard(priya)
    person.page.goto(plan_page(plan))
    go(person, "link", "Find more strategies for this plan")
    go(person, "button", "Add to plan Small brave steps")
    assert person.says("1 added")
    go(person, "button", "Back to the plan")
    fill(person, "Why are you changing this?", "More was needed")
    row = row_of(person, "Small brave steps")
    person.tab_to(row.get_by_label("Who will do it?"))
    person.type("Sam")
    assert row.get_by_role("checkbox", name="Small brave steps").is_checked()
    assert person.clicks == 0


def test_strategies_are_chosen_without_javascript(hand, make_plan, library, priya, sam):
    plan = make_plan("agreed")
    person = hand(priya, **NO_SCRIPT)
    person.page.goto(plan_page(plan))
    person.follow("Find more strategies for this plan")
    person.press("Add to plan Small brave steps")
    person.press("Take out Small brave steps")
    assert person.says("0 added")
    person.press("Add to plan Small brave steps")
    person.follow("Back to the plan")
    person.write("Why are you changing this?", "More was needed")
    row = row_of(person, "Small brave steps")
    row.get_by_label("Who will do it?").select_option(index=1)
    person.click(row.get_by_role("radio", name="Weekly"))
    person.press("Continue")
    assert [step.what for step in newest(plan).steps.all()] == [
        "Meet Robin at the side door",
        "Small brave steps",
    ]
    assert newest(plan).status == PlanVersion.Status.DRAFT
