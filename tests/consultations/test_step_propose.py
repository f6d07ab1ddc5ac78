"""A step in own words leads to a proposal for the library, and nothing of the case goes along."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from accounts.models import Reading
from resources.models import LibraryPage, StrategyPage
from resources.services import PROPOSED
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.records import named_child, no_names_child, whole_class
from tests.resources.conftest import WORDS

from .proposing import TITLE, WRITTEN, plan_of, url_of


def test_the_form_opens_empty_but_for_what_is_true_of_many_children(form, themes):
    sent = as_sent(form.page)
    assert {name: sent[name] for name in ("title", "summary", "steps")} == {
        "title": [""],
        "summary": [""],
        "steps": [""],
    }
    assert sent["themes"] == [str(themes[slug].pk) for slug in ("worry", "sleep")]
    assert (sent["key_stages"], sent["settings"]) == (["KS2"], ["child"])


def test_the_step_stands_beside_it_with_the_warning(form):
    text = main_text(form.page)
    assert "Write it for any child" in text
    assert "The step, to look at Zaqfirst hands out the Zaqstep books. Zaqnote stands here." in text


@pytest.mark.parametrize(
    ("about", "setting"), [(whole_class(), "class"), (no_names_child(year_group=9), "child")]
)
def test_a_case_without_a_name_is_as_good(tab, priya, step_about, about, setting):
    sent = as_sent(tab(priya, url_of(step_about(about, "Play outside."))).page)
    assert sent["settings"] == [setting]
    assert sent["key_stages"] == ["KS3" if setting == "child" else "KS2"]


def test_sent_it_is_a_draft_of_the_library_in_the_clinicians_name(form, priya, step, themes):
    answer = form.send()
    assert answer.url == plan_of(step).get_absolute_url()
    assert banners(form.client.get(answer.url)) == ["Sent to the editors of the library."]

    page = StrategyPage.objects.get(title=TITLE)
    assert (page.live, page.first_published_at, page.owner) == (False, None, priya)
    assert page.summary == "A small job makes it easier to come in."
    assert [block.value for block in page.steps] == [
        "Choose a job that can be done every day.",
        "Give it to the child at the door.",
    ]
    assert (page.key_stages, page.settings) == (["KS2"], ["child"])
    assert {theme.slug for theme in page.themes.all()} == {"worry", "sleep"}
    assert page.latest_revision.user == priya
    log = PageLogEntry.objects.filter(page=page, user=priya)
    assert {(row.action, row.message) for row in log} == {
        (PROPOSED, "Proposed by a clinician"),
        ("wagtail.create", "Created"),
    }


def test_nobody_reads_it_in_the_library_before_it_is_published(form, client):
    form.send()
    page = StrategyPage.objects.get(title=TITLE)
    assert client.get(page.get_url()).status_code == 404
    assert TITLE not in client.get("/library/").text


def everything_the_library_holds():
    """Every column of its tables, and of Wagtail's own about them, as text."""
    models = [*apps.get_app_config("resources").get_models(), Revision, PageLogEntry]
    columns = [(model, [field.attname for field in model._meta.concrete_fields]) for model in models]
    return "\n".join(
        str(row) for model, names in columns for row in model._default_manager.values_list(*names)
    )


def test_nothing_of_the_case_goes_along(form, step):
    """Not a word of it, and no number that leads back to it."""
    plan = plan_of(step)
    form.send()
    held = everything_the_library_holds()
    assert TITLE in held
    assert "zaq" not in held.lower()
    assert [ref for ref in (plan.reference, plan.case.reference) if ref in held] == []


def test_sent_empty_it_says_what_is_missing(form):
    nothing = {"themes": None, "key_stages": None, "settings": None}
    page = form.send(title="", summary="", steps=" \n ", **nothing)
    assert problems(page) == [
        "Enter a title",
        "Enter what it is",
        "Enter what adults do",
        "Select at least one concern",
        "Select at least one age",
        "Select whom it is for",
    ]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ("x" * 401, "Each line must be 400 characters or fewer"),
        ("Do it.\n" * 11, "Write 10 lines or fewer. You have written 11"),
        ("x" * 3001, "What adults do must be 3,000 characters or fewer. You have used 3,001"),
    ],
)
def test_too_much_is_counted(form, steps, message):
    assert problems(form.send(steps=steps)) == [message]


def test_a_title_that_is_taken_or_of_no_letters_is_no_trouble(form, tab, priya, step):
    for title in (TITLE, TITLE, "😀", "\u202e" + "x" * 100):
        fresh = tab(priya, url_of(step), **WRITTEN | {"title": title})
        assert fresh.send().status_code == 302
    assert StrategyPage.objects.filter(live=False).count() == 4


def test_pressed_twice_it_is_proposed_once(form):
    data = form.whole()
    answers = [form.client.post(form.url, data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert StrategyPage.objects.filter(title=TITLE).count() == 1


def test_where_there_is_no_library_it_says_so(form, front):
    front.delete()
    assert not LibraryPage.objects.exists()
    assert problems(form.send()) == ["There is no library yet. Ask whoever runs Fortnight for you."]


def test_it_is_a_reading_of_the_case_each_time_its_step_is_shown(form, step):
    def readings():
        rows = Reading.objects.filter(door="consultations:step-propose")
        return list(rows.values_list("case_id", "record"))

    once = [(plan_of(step).case_id, plan_of(step).reference)]
    assert readings() == once
    form.send(title="")
    assert readings() == once * 2
    form.send()
    assert readings() == once * 2


def links(page):
    return [a["href"] for a in parsed(page).select("a") if "/propose/" in a["href"]]


def test_the_plan_leads_to_it_from_a_step_in_own_words_for_clinicians_and_leads(
    client, sign_in, step, priya, ruth, sam
):
    url = plan_of(step).get_absolute_url()
    found = {person: links(sign_in(client, person).get(url)) for person in (priya, ruth, sam)}
    assert found == {priya: [url_of(step)], ruth: [url_of(step)], sam: []}


def test_a_step_from_the_library_is_there_already(client, sign_in, priya, step_about, front):
    strategy = StrategyPage(title="There", summary="It is.", steps=[("step", "Do it.")], live=False)
    front.add_child(instance=strategy)
    StrategyPage.objects.update(live=True)
    step = step_about(named_child(), "There", strategy=StrategyPage.objects.get())
    sign_in(client, priya)
    assert links(client.get(plan_of(step).get_absolute_url())) == []
    assert client.get(url_of(step)).status_code == 404


@pytest.mark.parametrize(
    ("who", "code"),
    [("ruth", 200), ("owen", 404), ("noor", 404), ("sam", 403), ("hana", 404), ("tess", 404), ("edie", 404)],
)
def test_who_may(request, client, sign_in, step, who, code):
    person = request.getfixturevalue(who)
    assert sign_in(client, person).get(url_of(step)).status_code == code
    assert sign_in(client, person).post(url_of(step)).status_code == code


def test_a_number_that_no_step_has_is_not_found(client, sign_in, priya):
    for number in ("0", "999999999", "9" * 30):
        assert sign_in(client, priya).get(f"/steps/{number}/propose/").status_code == 404


def proposed_to(page):
    panel = parsed(page).select_one("section[aria-labelledby=proposed-heading]")
    return [" ".join(line.get_text().split()) for line in panel.select("li, p")]


def test_editors_find_it_on_their_first_page_until_it_is_published(form, sign_in, edie, priya, front, today):
    form.send()
    page = StrategyPage.objects.get(title=TITLE)
    front.refresh_from_db()
    front.add_child(instance=StrategyPage(title="An editor's own draft", live=False, owner=edie))
    editor = sign_in(form.client, edie)
    day = f"{today.day} {today:%B %Y}"
    assert proposed_to(editor.get("/cms/")) == [f"{TITLE}, by {priya} on {day}"]
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200

    for name, value in WORDS.items():
        setattr(page, name, value)
    page.save_revision().publish(skip_permission_checks=True)
    nothing = "Nothing waits. What clinicians propose stands here until it is published or taken away."
    assert proposed_to(editor.get("/cms/")) == [nothing]


def test_it_costs_few_questions(client, sign_in, priya, step, make_consultation):
    sign_in(client, priya)
    first = cost(client, url_of(step))
    for number in range(2):
        make_consultation(about=named_child(first_name=f"Child{number}"))
    assert cost(client, url_of(step)) == first
    assert first <= AT_MOST
