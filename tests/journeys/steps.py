"""What people do again and again, as few clicks as they can: boxes in a row are reached with Tab."""

from datetime import timedelta

from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Visit

SENCO = "Sam Whitlock, SENCO"
CONCERN = "Cries at the gate most mornings and holds on to a parent."
AGREED = "A calm start with the same adult every morning."


def log(person, *, about, note="", next_step="Nothing more"):
    """Log a consultation from the visit page. `about` answers the first question."""
    person.follow("Add a consultation")
    about(person)
    talk(person)
    finish_talk(person, note=note, next_step=next_step)


def talk(person):
    """Everything up to the concern and what was tried. Staff of the last consultation are ticked already."""
    if not person.page.get_by_role("checkbox", name=SENCO).is_checked():
        person.tick(SENCO)
    person.choose("30 minutes")
    person.tick("Worry or anxiety")
    person.write("What is the concern?", CONCERN)
    person.key("Tab")
    person.type("A later start")
    person.key("Tab")
    person.type("Partly")


def finish_talk(person, note, next_step):
    person.write("For clinicians only (optional)", note, exact=True)
    person.key("Tab", "Tab")
    person.type(AGREED)
    person.choose("No", "Is anyone at risk of harm?")
    person.choose(next_step)
    person.press("Save consultation")


def a_new_child(person):
    person.choose("One child")
    person.choose("Another child")
    person.write("First name", "Robin")
    person.key("Tab")
    person.type("Underhay")
    person.key("Tab")
    person.type("Year 4")
    person.choose("A parent or carer")
    person.choose("By phone", "How did they agree?")
    person.key("Tab")
    day = timezone.localdate() - timedelta(days=1)
    for part in (day.day, day.month, day.year):
        person.type(str(part))
        person.key("Tab")
    person.key("Space")


def a_known_child(person):
    person.choose("One child")
    person.choose("Robin Underhay, Year 4")


def a_class(person):
    person.choose("A class")
    person.write("Name of class", "Year 3 Otters")


def no_names(person):
    person.choose("One child")
    person.choose("I will not record a name")


def two_hours_pass(visit, by):
    """Since the visit began: a browser finishes it in less than the minute that a time is told in."""
    visit = Visit.objects.get(pk=visit.pk)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    visit.started_at = max(midnight, visit.started_at - timedelta(hours=2))
    save_tracked(visit, by=by, reason="Two hours pass")


def write_a_plan(person):
    """One goal, two strategies of the library and one in own words, a review date. Ends on the check page."""
    page = person.page
    person.write("What do you want to be different?", "Robin comes in calmly")
    person.key("Tab", "ArrowRight", "ArrowRight")  # 2 of 10
    person.key("Tab")
    person.type("6")
    person.key("Tab", "Space")
    offered = page.get_by_role("group", name="What adults will do").get_by_role("checkbox")
    for number in (0, 1):
        person.click(offered.nth(number))
        who_and_how_often(person)
    own = page.get_by_label("What will adults do?").first
    person.click(own)
    person.type("Meet Robin at the side door")
    who_and_how_often(person)
    person.choose("Yes", "Do the parents or carers know about this plan?")
    person.click(page.get_by_role("radio", name="In 6 weeks"))
    person.press("Continue")


def who_and_how_often(person):
    person.key("Tab")
    person.type("Sam")
    person.key("Tab", "Space")


def save_download(person):
    """The bytes of the plan's PDF, and the name it is saved under."""
    with person.page.expect_download() as waiting:
        person.click(person.page.get_by_role("link", name="Download as PDF"))
    return waiting.value.path().read_bytes(), waiting.value.suggested_filename
