"""What is done with Tab, Enter, Space and the arrows alone."""

from playwright.sync_api import expect


def go(person, role, name):
    """To a link or a button with Tab, and press it with Enter."""
    person.tab_to(person.page.get_by_role(role, name=name).first)
    with person.page.expect_navigation():
        person.key("Enter")


def pick(person, question, downs):
    """Into a group of radios with Tab: Space takes the first, each arrow goes on to the next."""
    radios = person.page.get_by_role("group", name=question).get_by_role("radio")
    person.tab_to(radios.first)
    person.key("Space", *["ArrowDown"] * downs)
    expect(radios.nth(downs)).to_be_checked()


def tick(person, name):
    person.tab_to(person.page.get_by_role("checkbox", name=name, exact=True))
    person.key("Space")


def fill(person, label, text):
    person.tab_to(person.page.get_by_label(label).first)
    person.type(text)
