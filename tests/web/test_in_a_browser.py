"""What only a browser can show: the scripts, the keyboard's place, the size of things.

The pages come from templates and the files from the static folders; no server and no database take part.
"""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from .sink import Sink, steps

pytestmark = pytest.mark.one_database
ORIGIN = "http://fortnight.test"
POLICY = "default-src 'self'; img-src 'self' data:"
AXE = Path(__file__).parents[1] / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SAVED = {"status": 200, "body": json.dumps({"saved_at": "10:42"}), "content_type": "application/json"}
NAVIGATION = [
    {"text": f"Page number {number}", "href": f"/{number}/", "current": number == 1} for number in range(6)
]
BEFORE, START = "2026-10-05T09:00:00", "2026-10-05T09:05:00"
ACCOUNT = {"name": "Priya Shah", "role": "Clinician", "signout_url": "/out/"}


@pytest.fixture
def show(page):
    """Shows the form page. `answers` is what the draft address says, in turn; the last one stays."""

    def open_it(form=None, answers=(SAVED,), lost=None, ticking=False, **context):
        defaults = {
            "page_title": "Log",
            "navigation": NAVIGATION,
            "account": ACCOUNT,
            "autosave_url": "/draft/",
        }
        html = render_to_string("web/form.html", {**defaults, "form": form or Sink(), **context})
        answers, drafts = list(answers), []

        def answer(route):
            path = route.request.url.removeprefix(ORIGIN)
            if lost and path.endswith(lost):
                route.abort()
            elif path.startswith("/static/"):
                route.fulfill(path=finders.find(path.removeprefix("/static/")))
            elif path == "/draft/":
                drafts.append(route.request)
                reply = answers.pop(0) if len(answers) > 1 else answers[0]
                route.abort() if reply == "offline" else route.fulfill(**reply)
            else:
                route.fulfill(
                    body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY}
                )

        page.clock.install(time=BEFORE)
        page.route("**/*", answer)
        page.goto(ORIGIN + "/form/")
        if not lost:
            page.wait_for_selector("[data-nhsuk-character-count-init]", state="attached")
        if not ticking:
            page.clock.pause_at(START)  # from here time passes only when a test says so
        return drafts

    return open_it


def status(page, words):
    page.wait_for_selector(f'[data-autosave-status]:text-is("{words}")')


def wait(page, milliseconds):
    """Lets time pass, and lets every request that this starts arrive."""
    page.clock.run_for(milliseconds)
    page.evaluate("fetch('/anything/')")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("data", [None, {"subject": "child", "themes": "other"}])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, show, width, data):
    page.set_viewport_size({"width": width, "height": 900})
    show(Sink(data), formset=steps("", "Sam") if data else None, ticking=True)  # axe waits on timers
    violations = Axe.from_file(AXE).run(page, options=RULES).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_rating_fits_a_phone_with_targets_for_a_thumb(page, show):
    page.set_viewport_size({"width": 320, "height": 900})
    show()
    boxes = [radio.bounding_box() for radio in page.locator("[name=rating]").all()]
    assert len(boxes) == 11
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    assert max(box["x"] + box["width"] for box in boxes) <= 320


def test_the_summary_has_the_focus_and_its_links_move_it_to_the_control(page, show):
    show(Sink({}))
    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    for name in ("id_subject_0", "id_review_on_day", "id_told"):
        page.click(f'a[href="#{name}"]')
        assert page.evaluate("document.activeElement.id") == name


def test_a_choice_opens_what_it_reveals(page, show):
    show()
    assert not page.is_visible("#id_initials")
    page.check("#id_subject_0")
    assert page.is_visible("#id_initials")
    page.check("#id_subject_1")
    assert not page.is_visible("#id_initials")


def test_without_javascript_everything_is_visible(browser):
    html = render_to_string("web/form.html", {"form": Sink(), "page_title": "Log"})
    page = browser.new_page(java_script_enabled=False)
    page.set_content(html.replace("/static/", "/nowhere/"))
    assert page.is_visible("#id_initials")
    page.close()


@pytest.mark.parametrize("lost", ["app.js", "nhsuk-frontend.min.js"])
def test_if_a_script_does_not_arrive_everything_is_visible(page, show, lost):
    show(lost=lost)
    page.wait_for_selector("#id_initials", state="visible")


def test_the_character_count_counts_an_emoji_as_python_does(page, show):
    show()
    page.fill("#id_agreed", "😀" * 10)
    page.clock.run_for(1500)
    assert page.is_visible('text="You have 1,990 characters remaining"')


def test_a_draft_is_saved_two_seconds_after_the_last_key_with_everything_in_the_form(page, show):
    drafts = show(csrf_token="token")
    page.fill("#id_agreed", "Sit near the door")
    wait(page, 1500)
    assert drafts == []
    wait(page, 1000)
    status(page, "Saved 10:42")
    assert drafts[0].headers["x-requested-with"] == "fetch"
    assert "Sit near the door" in drafts[0].post_data
    assert "token" in drafts[0].post_data


def test_drafts_are_saved_at_most_every_ten_seconds(page, show):
    drafts = show()
    page.fill("#id_agreed", "One")
    wait(page, 2500)
    status(page, "Saved 10:42")
    page.fill("#id_agreed", "Two")
    wait(page, 6000)
    assert len(drafts) == 1
    wait(page, 4000)
    assert len(drafts) == 2


OFFLINE = "Not saved yet. You are offline. Keep this page open and we will keep trying."
SIGNED_OUT = "Not saved. You are signed out. Sign in again in another tab, then come back to this page."
CONFLICT = "Not saved. This was changed in another tab or by somebody else. Save to see both versions."
SIGN_IN = {"status": 302, "headers": {"Location": "/account/login/"}}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("offline", OFFLINE),
        ({"status": 503}, OFFLINE),
        ({"status": 401}, SIGNED_OUT),
        ({"status": 403}, SIGNED_OUT),
        (SIGN_IN, SIGNED_OUT),
    ],
)
def test_a_draft_that_was_not_saved_says_why_and_tries_again(page, show, answer, words):
    show(answers=[answer, SAVED])
    page.fill("#id_agreed", "Sit near the door")
    wait(page, 2500)
    status(page, words)
    wait(page, 5000)
    status(page, "Saved 10:42")
    assert page.input_value("#id_agreed") == "Sit near the door"


def test_a_draft_changed_elsewhere_is_not_tried_again(page, show):
    drafts = show(answers=[{"status": 409}, SAVED])
    page.fill("#id_agreed", "Sit near the door")
    wait(page, 2500)
    status(page, CONFLICT)
    page.fill("#id_agreed", "Sit near the window")
    wait(page, 60000)
    assert len(drafts) == 1


def test_leaving_with_unsaved_words_asks_first_and_sending_the_form_does_not(page, show):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    show()
    page.fill("#id_agreed", "Sit near the door")
    page.click("button:text('Save')")
    page.wait_for_load_state()
    assert asked == []
    page.fill("#id_agreed", "Sit near the door")
    page.goto(ORIGIN + "/elsewhere/")
    assert asked == ["beforeunload"]


WATCH_SUBMIT = """document.querySelector("main form").addEventListener("submit", (event) => {
    window.sent = (window.sent ?? 0) + !event.defaultPrevented;
    event.preventDefault();
})"""


def test_a_second_press_on_the_button_sends_nothing(page, show):
    show()
    page.evaluate(WATCH_SUBMIT)
    for pause, sent in [(0, 1), (0, 1), (2000, 1), (6000, 2)]:
        wait(page, pause)
        page.click("button:text('Save')")
        assert page.evaluate("window.sent") == sent
