"""A strategy on paper: a button that needs JavaScript and hides without, and a style for print alone."""

from pathlib import Path

from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders


def test_a_strategy_has_a_button_that_stays_hidden_until_a_script_shows_it(client, tess, make_strategy):
    client.force_login(tess)
    page = BeautifulSoup(client.get(make_strategy().url).content, "html.parser")
    box = page.select_one("main [data-print]")
    assert box.has_attr("hidden")
    assert [(button["type"], button.get_text(strip=True)) for button in box.select("button")] == [
        ("button", "Print this page")
    ]
    assert page.select_one('script[type=module][src$="resources/print.js"]')
    assert page.select_one('link[rel=stylesheet][media=print][href$="resources/print.css"]')


def test_only_the_addresses_of_sources_are_written_out_on_paper(client, tess, make_strategy):
    source = {
        "title": "Calm places",
        "publisher": "A press",
        "year": 2020,
        "url": "https://press.example/calm",
    }
    client.force_login(tess)
    page = BeautifulSoup(client.get(make_strategy(sources=[("source", source)]).url).content, "html.parser")
    assert [a["href"] for a in page.select(".app-sources a")] == ["https://press.example/calm"]
    style = Path(finders.find("resources/print.css")).read_text()
    assert [line for line in style.splitlines() if "attr(href)" in line] == [
        '.app-sources a[href]::after { content: " (" attr(href) ")" !important; overflow-wrap: anywhere; }'
    ]
