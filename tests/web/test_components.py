import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from web.components import component, drawn


def render(source, **context):
    return Template("{% load nhs %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "name",
    [
        *("tag", "summaryList", "summary-list", "taskList", "table", "pagination", "panel", "details"),
        *("insetText", "warningCallout", "card", "button", "backLink", "breadcrumb", "notificationBanner"),
        *("actionLink", "doDontList", "searchInput", "contentsList", "errorSummary"),
    ],
)
def test_every_component_we_use_can_be_called_by_name(name):
    items = [{"text": "One", "href": "/1", "title": {"text": "One"}}]
    assert "nhsuk-" in component(name, text="Words", title="Title", heading="Heading", href="/", items=items)


def test_text_is_escaped_marked_safe_or_not_and_html_only_unless_marked():
    marked = mark_safe("<b>hi</b>")
    assert "<b>" not in component("inset-text", text="<b>hi</b>")
    assert "<b>" not in component("inset-text", text=marked)
    assert "<b>" not in component("inset-text", html="<b>hi</b>")
    assert "<b>" in component("inset-text", html=marked)
    assert '" onclick="' not in component("action-link", text="Go", href=mark_safe('/" onclick="x'))


def test_what_is_typed_inside_a_component_keeps_its_lines():
    form = mark_safe("<textarea>one\n  two\nthree</textarea>")
    assert form in component("details", summary_text="More", html=form)
    assert form in component("card", heading="Card", description_html=form)


def test_keys_may_be_in_snake_case_and_attributes_keep_their_names():
    html = component("button", text="Save", prevent_double_click=True, attributes={"data-one_two": "x"})
    assert 'data-prevent-double-click="true"' in html
    assert 'data-one_two="x"' in html


def test_a_tag_in_a_template_takes_keywords_and_a_dictionary(soup):
    page = soup(
        render('{% nhs "tag" params text=word %}', params={"classes": "nhsuk-tag--orange"}, word="Late")
    )
    assert page.strong["class"] == ["nhsuk-tag", "nhsuk-tag--orange"]
    assert page.text.strip() == "Late"


def test_a_back_link_stands_in_a_landmark(soup):
    assert soup(render('{% nhs "backLink" href="/" text="Back" %}')).nav.a["href"] == "/"


def test_a_summary_list_escapes_keeps_lines_and_names_what_it_changes(soup):
    rows = [
        ("School", "A <b>\nB"),
        ("Held", "5 October", "/x/"),
        ("Note", ""),
        ("Who", mark_safe("<i>Sam</i>")),
    ]
    page = soup(render("{% summary_list rows %}", rows=rows))
    values = page(class_="nhsuk-summary-list__value")
    assert [value.text.strip() for value in values] == ["A <b>B", "5 October", "Not recorded", "Sam"]
    assert values[0].br
    assert values[3].i
    assert page.a["href"] == "/x/"
    assert " ".join(page.a.text.split()) == "Change held"


def test_the_pager_shows_only_the_ways_there_are(soup):
    page = soup(render("{% pager newer older %}", newer="?before=9", older=None))
    assert [(link["href"], link.text.strip()) for link in page("a")] == [("?before=9", "Newer")]
    assert render("{% pager newer older %}", newer=None, older=None) == ""


def test_questions_that_differ_in_names_and_ids_alone_are_drawn_once():
    def radios(key):
        items = [{"id": f"id_{key}_{n}", "value": n, "text": str(n), "hint": {"html": "h"}} for n in (0, 1)]
        return component("radios", name=key, id_prefix=f"id_{key}", hint={"html": "Now"}, items=items)

    first, before = radios("goal_1"), drawn.cache_info().misses
    assert radios("step_2") == first.replace("goal_1", "step_2")
    assert drawn.cache_info().misses == before
    assert radios("step_2").count('aria-describedby="id_step_2_0-item-hint"') == 1
