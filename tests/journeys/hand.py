"""One person at a screen, who presses things by the names that are read out; and what that costs."""

from contextlib import contextmanager
from types import SimpleNamespace

from tests.browser import see
from tests.places import PASSWORD

ORIGINS_OF_NOTHING = ("data:", "blob:", "about:")


class Hand:
    """Clicks, keys and pages are counted; what a browser complains of in silence is kept in `troubles`."""

    def __init__(self, browser, origin, **options):
        self.context = browser.new_context(base_url=origin, **options)
        self.origin = origin
        self.clicks = self.keys = self.pages = 0
        self.addresses, self.troubles = {}, []
        self.page = self.new_tab()

    def new_tab(self):
        page = self.context.new_page()
        page.set_default_timeout(10_000)
        page.on("load", self._loaded)
        page.on("request", self._asked)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.troubles.append(said.text))
        return page

    def _loaded(self, page):
        self.pages += 1
        self.addresses[page.url.removeprefix(self.origin).split("?")[0]] = page

    def _asked(self, request):
        if not request.url.startswith((self.origin, *ORIGINS_OF_NOTHING)):
            self.troubles.append(f"asks another host: {request.url}")

    @contextmanager
    def counting(self):
        """with hand.counting() as cost: ...; afterwards cost.clicks, cost.keys and cost.pages."""
        cost = SimpleNamespace(clicks=-self.clicks, keys=-self.keys, pages=-self.pages)
        yield cost
        cost.clicks += self.clicks
        cost.keys += self.keys
        cost.pages += self.pages

    def sign_in(self, person):
        """With e-mail address and password, and the Enter key."""
        self.page.goto("/")
        self.write("E-mail address", person.email)
        self.write("Password", PASSWORD, exact=True)
        with self.page.expect_navigation():
            self.key("Enter")
        return self

    # Pressing

    def click(self, control):
        self.clicks += 1
        control.click()

    def press(self, name, within=None):
        """A button that sends something."""
        with self.page.expect_navigation():
            self.click((within or self.page).get_by_role("button", name=name, exact=True))

    def follow(self, name, within=None):
        """A link, or a button that is one. The first of that name."""
        place, page = within or self.page, self.page
        with page.expect_navigation():
            either = place.get_by_role("link", name=name).or_(place.get_by_role("button", name=name))
            self.click(either.first)

    def choose(self, answer, question=None):
        """A radio. Say the question where another one has the same answer."""
        place = self.page.get_by_role("group", name=question) if question else self.page
        self.click(place.get_by_role("radio", name=answer, exact=True).first)

    def tick(self, answer, question=None):
        place = self.page.get_by_role("group", name=question) if question else self.page
        self.click(place.get_by_role("checkbox", name=answer, exact=True).first)

    # At the keyboard

    def write(self, label, text, exact=False):
        """Click into a box and type."""
        self.click(self.page.get_by_label(label, exact=exact).first)
        self.type(text)

    def type(self, text):
        self.keys += len(text)
        self.page.keyboard.type(text)

    def key(self, *names):
        for name in names:
            self.keys += 1
            self.page.keyboard.press(name)

    def tab_to(self, control, back=False, at_most=120):
        """Go on with Tab until this control has the focus. Says where it got to if it never has."""
        for _ in range(at_most):
            if control.evaluate("element => element === document.activeElement"):
                return
            self.key("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{control} cannot be reached with Tab")

    # Looking

    def heading(self):
        return self.page.get_by_role("heading", level=1).inner_text()

    def says(self, words):
        return words in self.page.locator("main").inner_text()

    def sees(self):
        """The page, looked at as axe looks: `see` is not counted as work."""
        see(self.page)
