"""The browser of the journeys: where Chromium is, and what every page has to stand up to in it."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "no Chromium could be found or installed"
WIDTHS = (320, 1280)
AXE = Axe.from_file(Path(__file__).parent / "axe.min.js")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@cache
def chromium():
    """The path of the system's Chromium; "" for the one Playwright brought; None when there is neither.

    On a CI machine, which is thrown away afterwards, a missing one is installed.
    """
    found = on_the_path() or ("" if playwright_has_one() else None)
    if found is None and os.environ.get("CI") == "true":
        install()
        found = on_the_path() or ("" if playwright_has_one() else None)
    return found


def on_the_path():
    return next(filter(None, map(shutil.which, NAMES)), None)


def playwright_has_one():
    asked = [sys.executable, "-m", "playwright", "install", "--list"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return "chromium" in answer.stdout


def install():
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet)
    if not on_the_path():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


@pytest.fixture(scope="session")
def base_url():
    """In place of the plugin's own, which is written in a way pytest 9 warns about."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Chromium, or the test is skipped. Running as root it has no sandbox to offer."""
    path = chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "args": args} | ({"executable_path": path} if path else {})


# The header moves links that do not fit into its menu a moment after the width has changed.
SETTLED = "() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => done()), 200))"


def see(page):
    """The page as it is now, on a phone and at a desk: axe finds nothing, and nothing scrolls sideways."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(SETTLED)
        found = page.evaluate("(rules) => axe.run(rules)", RULES)["violations"]
        where = f"{page.url} at {width}"
        problems = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
        assert problems == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{where} scrolls sideways"
