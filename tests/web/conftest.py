import shutil

import pytest
from bs4 import BeautifulSoup
from crispy_forms.utils import render_crispy_form


@pytest.fixture
def draw():
    """The HTML of a form as the crispy pack draws it, ready to look things up in."""
    return lambda form: BeautifulSoup(render_crispy_form(form), "html.parser")


@pytest.fixture
def soup():
    return lambda html: BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="session")
def base_url():
    """In place of the plugin's own, which is written in a way pytest 9 warns about."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium. Running as root it has no sandbox to offer."""
    chromium = shutil.which("chromium") or pytest.skip("needs Chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox"]}
