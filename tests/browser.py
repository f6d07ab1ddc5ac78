"""The browser of the journeys: where Chromium is, and what every page has to stand up to in it."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "no Chromium could be found or installed"
AXE = Axe.from_file(Path(__file__).parent / "axe.min.js")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@cache
def chromium():
    """The path of the system's Chromium; "" for the one Playwright brought; None when none can be had.

    A missing one is downloaded by Playwright or, where this may install packages, comes from Debian; by
    one process only, and the others of the run find it there.
    """
    with (Path(tempfile.gettempdir()) / "fortnight-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for get in (nothing_new, playwrights_download, debians_package):
            get()
            if path := on_the_path():
                return path
            if playwright_has_one():
                return ""
    return None


def on_the_path():
    return next(filter(None, map(shutil.which, NAMES)), None)


def playwright_has_one():
    asked = [sys.executable, "-m", "playwright", "install", "--list"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return "chromium" in answer.stdout


def nothing_new():
    """What is on the machine already comes first."""


def playwrights_download():
    attempt(sys.executable, "-m", "playwright", "install", "chromium")


def debians_package():
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempt("apt-get", "update", "-qq")
        attempt("apt-get", "install", "-y", "-qq", "chromium")


def attempt(*command):
    """Says what it does, because it can take minutes. Whether it worked shows in what is there after it."""
    print(f"No Chromium yet. Trying: {' '.join(command)}", file=sys.__stderr__, flush=True)
    quiet = {"capture_output": True, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    try:
        subprocess.run(command, check=False, timeout=600, **quiet)
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"That did not work: {problem}", file=sys.__stderr__, flush=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Chromium, or the test is skipped. Running as root it has no sandbox to offer."""
    path = chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    args += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "args": args} | ({"executable_path": path} if path else {})


# What of a page can be right on a phone and wrong at a desk: the header shows its links there.
OF_WIDTH = ["color-contrast", "target-size", "link-in-text-block", "link-name", "button-name", "region"]
OF_WIDTH += ["scrollable-region-focusable", "aria-hidden-focus", "skip-link", "list", "landmark-unique"]
RULES_AT = {320: RULES, 1280: RULES | {"runOnly": {"type": "rule", "values": OF_WIDTH}}}
# The header moves links that do not fit into its menu in the frames after the width has changed.
SETTLED = """async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise((done) => requestAnimationFrame(done));
}"""


def see(page):
    """The page as it is now, on a phone and at a desk: axe finds nothing, and nothing scrolls sideways.

    What a width changes nothing of is looked at once.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    for width in RULES_AT:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(SETTLED)
        found = page.evaluate("(rules) => axe.run(rules)", RULES_AT[width])["violations"]
        where = f"{page.url} at {width}"
        problems = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
        assert problems == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{where} scrolls sideways"
