"""What W2, a card of the library and the editors' report say of how strategies were used."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import RoleRow
from resources.forms import HELPED_MAY_LAG
from resources.models import StrategyPage
from resources.reading import TOO_FEW
from resources.reports import NO_FIGURES

from .plans_of_schools import Plan, Plans

OTHERS = [kind for kind in RoleRow.Kind if kind not in (RoleRow.Kind.LINK_CLINICIAN, RoleRow.Kind.EDITOR)]


def used(page, *batches):
    """Plans of one school by what their reviews say, in one batch."""
    world = Plans(page)
    for how_many, helped, happened in batches:
        world.plans += [Plan(1, happened=happened, helped=helped) for _ in range(how_many)]
    world.write()
    world.count()
    return page


def text_of(response):
    return " ".join(response.text.split())


def test_a_strategy_says_in_how_many_plans_it_helped(client, tess, make_strategy):
    page = used(make_strategy(), (9, "yes", "yes"), (5, "no", "no"))
    client.force_login(tess)
    html = text_of(client.get(page.url))
    assert "Used in 14 or more plans, helped in 9 of 14 reviewed." in html
    for row in ["One child</td><td", "All ages</td><td", ">9 of 14</td>"]:
        assert row in html
    assert (
        "The numbers can look better or worse than it really was: an answer is added only when 5 or more "
        "plans gave it. So “5 of 5” may stay while some say that it did not help." in html
    )


def test_a_strategy_that_few_used_says_no_number(client, tess, make_strategy):
    page = used(make_strategy(), (4, "yes", "yes"))
    client.force_login(tess)
    html = text_of(client.get(page.url))
    assert f"<h2>What has worked here</h2> <p>{TOO_FEW}</p>" in html
    assert "Did it happen?" not in html
    assert "The numbers can look" not in html


def test_the_most_helpful_come_first_and_those_without_a_number_last(make_strategy):
    used(make_strategy("All of 5"), (5, "yes", "yes"))
    used(make_strategy("All of 7"), (7, "a_bit", "yes"))
    used(make_strategy("Half of 10"), (5, "yes", "yes"), (5, "no", "yes"))
    used(make_strategy("None of 5"), (5, "too_soon", "no"))
    used(make_strategy("A few"), (4, "yes", "yes"))
    make_strategy("Another of 7"), make_strategy("Unused")
    used(StrategyPage.objects.get(title="Another of 7"), (7, "yes", "yes"))
    shown = StrategyPage.objects.for_list().most_helpful()
    assert [(page.title, page.shown_helped, page.shown_reviewed) for page in shown] == [
        ("All of 7", 7, 7),
        ("Another of 7", 7, 7),
        ("All of 5", 5, 5),
        ("Half of 10", 5, 10),
        ("None of 5", 0, 5),
        ("A few", None, None),
        ("Unused", None, None),
    ]


def test_a_card_says_of_how_many(make_strategy):
    used(make_strategy("All of 5"), (5, "yes", "yes"))
    make_strategy("Unused")
    cards = [
        render_to_string("resources/helped.html", {"strategy": page})
        for page in StrategyPage.objects.for_list().with_use()
    ]
    assert [">Helped in 5 of 5 plans reviewed<" in card for card in cards] == [True, False]
    assert cards[1].strip() == ""


def test_editors_see_what_is_used_and_what_is_not_kept_up(client, edie, make_strategy):
    used(make_strategy("Kept up"), (5, "yes", "yes"))
    used(make_strategy("Dropped"), (5, "no", "no"))
    used(make_strategy("A few"), (4, "yes", "no"))
    make_strategy("Unused")
    client.force_login(edie)
    page = client.get(reverse("use_report"))
    assert [(row.title, row.worked.standing) for row in page.context["object_list"]] == [
        ("Kept up", "Used"),
        ("Dropped", "Not kept up"),
        ("A few", "Never used, or too little to show"),
        ("Unused", "Never used, or too little to show"),
    ]
    assert (
        "Used in 5 or more plans, helped in 0 of 5 reviewed. Did it happen? Yes 0, Sometimes 0, No 5."
        in text_of(page)
    )
    why = (
        "Numbers from 1 to 4 are not shown, so that nobody can tell what one plan said. So a strategy that "
        "few plans used looks here like one that none used.</p> <table"
    )
    assert why in text_of(page)
    assert reverse("use_report") in client.get(reverse("wagtailadmin_home")).text


@pytest.mark.parametrize("name", ["use_report", "use_report_results"])
@pytest.mark.parametrize("kind", OTHERS)
def test_nobody_else_opens_the_report(client, make_reader, make_strategy, kind, name):
    make_strategy("Kept up")
    client.force_login(make_reader(kind))
    page = client.get(reverse(name))
    assert page.status_code in (302, 403, 404)
    assert "Kept up" not in page.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_is_not_handed_out_as_a_file(client, edie, make_strategy, kind):
    make_strategy("Kept up")
    client.force_login(edie)
    page = client.get(reverse("use_report"), {"export": kind})
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Download" not in page.text


@pytest.mark.parametrize("count", [1, 8])
def test_the_report_costs_the_same_for_any_number(
    client, edie, make_strategy, django_assert_num_queries, count
):
    for number in range(count):
        used(make_strategy(f"Strategy {number}"), (5, "yes", "yes"))
    client.force_login(edie)
    client.get(reverse("use_report_results"))
    with django_assert_num_queries(11):
        client.get(reverse("use_report_results"))


def test_the_library_can_be_sorted_by_what_helped_and_each_card_says_of_how_many(client, tess, make_strategy):
    used(make_strategy("Half of 10"), (5, "yes", "yes"), (5, "no", "yes"))
    used(make_strategy("All of 5"), (5, "yes", "yes"))
    make_strategy("A quiet corner")
    client.force_login(tess)
    by_title = client.get("/library/")
    assert HELPED_MAY_LAG in by_title.text
    assert "plans reviewed</p>" not in by_title.text
    response = client.get("/library/", {"sort": "helped"})
    assert [page.title for page in response.context["strategies"]] == [
        *("All of 5", "Half of 10"),
        "A quiet corner",
    ]
    for words in ["Helped in 5 of 5 plans reviewed", "Helped in 5 of 10 plans reviewed"]:
        assert response.text.count(words) == 1
    narrowed = client.get("/library/", {"sort": "helped", "words": "half"})
    assert [page.title for page in narrowed.context["strategies"]] == ["Half of 10"]


def test_a_stranger_is_offered_no_order_and_no_numbers(client, make_strategy, settings):
    settings.LIBRARY_PUBLIC = True
    page = used(make_strategy(), (9, "yes", "yes"))
    response = client.get("/library/", {"sort": "helped"})
    assert "sort" not in response.context["form"].fields
    assert HELPED_MAY_LAG not in response.text
    assert "9 plans" not in response.text + client.get(page.url).text
    assert "What has worked here" not in client.get(page.url).text


@pytest.mark.parametrize("themes", [["self-harm"], ["worry", "eating"]])
def test_nobody_chooses_by_what_helped_where_a_child_may_come_to_harm(
    client, tess, edie, make_strategy, themes
):
    page = used(make_strategy("Tell somebody", themes=themes), (9, "yes", "yes"))
    used(make_strategy("Half of 10"), (5, "yes", "yes"), (5, "no", "yes"))
    client.force_login(tess)
    assert "What has worked here" not in client.get(page.url).text
    sorted_by_use = client.get("/library/", {"sort": "helped"})
    assert [row.title for row in sorted_by_use.context["strategies"]] == ["Half of 10", "Tell somebody"]
    assert sorted_by_use.text.count("plans reviewed</p>") == 1
    client.force_login(edie)
    report = text_of(client.get(reverse("use_report")))
    assert f"<td>Not shown</td> <td>{NO_FIGURES}</td>" in report
    assert "9 of 9" not in report
    assert "5 of 10" in report
