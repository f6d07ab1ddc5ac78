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
