"""C5: strategies are chosen for a plan, from C4 and from the plan; nothing typed is lost on the way."""

import pytest
from django.urls import reverse

from consultations.models import Draft, PlanVersion
from resources.models import UseCount
from tests.filling import OpenForm, as_sent, banners, main_text, parsed
from tests.plans import newest

from .choosing import NOT_OFFERED, add, c5, cards, page_ticked

NOTHING = "Nothing from the library is in this plan yet."


def test_find_more_keeps_what_was_typed_and_leads_back_to_it(planning, library):
    there = planning.send(find_more="1", concern="Robin cries at lunch.", review_choice=None)
    draft = Draft.objects.get()
    assert there.url == reverse("consultations:draft-strategies", args=[draft.key])
    page = planning.client.get(there.url)
    strategy = library[NOT_OFFERED]
    there = add(planning.client, there.url, strategy)
    page = planning.client.get(there.url)
    assert banners(page) == [f"“{strategy.title}” was added."]
    assert "1 added" in main_text(page)
    back = planning.client.get(parsed(page).select_one("a.nhsuk-back-link")["href"])
    sent = as_sent(back)
    assert sent["concern"] == ["Robin cries at lunch."]
    assert ["Meet Robin at the side door"] in sent.values()
    ticked = [name for name in sent if name.endswith("-chosen")]
    assert [sent[name.replace("chosen", "strategy")] for name in ticked] == [[str(strategy.pk)]]
    assert not PlanVersion.objects.exists()


def test_what_was_added_is_in_the_plan_once_it_is_saved(planning, library, sam):
    draft_url = planning.send(find_more="1").url
    strategy = library[NOT_OFFERED]
    add(planning.client, draft_url, strategy)
    tab = OpenForm(planning.client, Draft.objects.get().resume_url)
    row = next(name for name in as_sent(tab.page) if name.endswith("-chosen")).removesuffix("chosen")
    tab.send(**{f"{row}who": planning.answers["steps-0-who"], f"{row}how_often": "weekly"})
    steps = PlanVersion.objects.get().steps.all()
    assert [(step.what, step.strategy_id) for step in steps] == [
        ("Meet Robin at the side door", None),
        (strategy.title, strategy.pk),
    ]
    assert not Draft.objects.exists()


def test_a_form_left_open_does_not_write_over_what_was_added(planning, library):
    there = planning.send(find_more="1").url
    add(planning.client, there, library[NOT_OFFERED])
    payload = Draft.objects.get().payload
    late = planning.client.post(f"{planning.url}?autosave=1", planning.whole(concern="Late"))
    assert late.status_code == 409
    assert Draft.objects.get().payload == payload


def test_from_a_plan_the_first_one_added_begins_a_draft_of_its_next_version(
    client, sign_in, priya, make_plan, library
):
    plan = make_plan("agreed")
    strategy = next(iter(library.values()))
    page = sign_in(client, priya).get(c5(plan))
    assert "0 added" in main_text(page)
    assert NOTHING in main_text(page)
    there = add(client, c5(plan), strategy)
    draft = Draft.objects.get()
    assert (draft.path, draft.case) == (reverse("consultations:plan-edit", args=[plan.reference]), plan.case)
    assert there.url == reverse("consultations:draft-strategies", args=[draft.key])
    form = OpenForm(client, draft.resume_url)
    sent = as_sent(form.page)
    assert sent["concern"] == ["Robin cries at the gate most mornings."]
    row = next(name for name in sent if name.endswith("-chosen")).removesuffix("chosen")
    who = str(plan.partnership.people.first().pk)
    form.send(**{f"{row}who": who, f"{row}how_often": "weekly", "why_changed": "More was needed"})
    assert newest(plan).number == 2
    assert [step.what for step in newest(plan).steps.all()] == ["Meet Robin at the side door", strategy.title]


def test_a_draft_that_does_not_say_the_titles_takes_them_from_the_library(planning, library):
    first, second, *_ = library.values()
    there = planning.send(find_more="1").url
    ticked = [page_ticked(number, key) for number, key in enumerate([first.pk, second.pk, 0, "x"])]
    draft = Draft.objects.get()
    draft.payload = {"steps-TOTAL_FORMS": ["4"]} | {k: v for row in ticked for k, v in row.items()}
    draft.save()
    added = parsed(planning.client.get(there)).select("#added ~ ul li")
    assert [" ".join(row.get_text().split()).split(" Take out")[0] for row in added] == [
        first.title,
        second.title,
    ]


def test_a_second_one_goes_into_the_same_draft_from_wherever(client, sign_in, priya, make_plan, library):
    plan = make_plan("agreed")
    first, second, *_ = library.values()
    sign_in(client, priya)
    add(client, c5(plan), first)
    add(client, c5(plan), second)
    assert Draft.objects.count() == 1
    page = client.get(c5(plan))
    assert "2 added" in main_text(page)
    client.post(c5(plan), {"take_out": first.pk})
    page = client.get(c5(plan))
    assert banners(page) == [f"“{first.title}” was taken out."]
    assert "1 added" in main_text(page)


def test_what_the_plan_holds_already_counts_as_added(client, sign_in, priya, make_plan, library, in_a_plan):
    strategy = next(iter(library.values()))
    plan = in_a_plan(strategy)
    assert f"1 added {strategy.title}" in main_text(sign_in(client, priya).get(c5(plan)))


def test_it_begins_with_what_the_case_is_about_and_says_why(
    client, sign_in, priya, make_plan, library, themes
):
    worry = [page.title for page in library.values() if themes["worry"] in page.themes.all()]
    fitting = [page for page in library.values() if page.title in worry and "KS2" in page.key_stages]
    page = sign_in(client, priya).get(c5(make_plan("agreed")))
    assert cards(page) == sorted(page.title for page in fitting)
    assert "About worry or anxiety, for key stage 2, for one child" in main_text(page)


def test_a_search_is_an_address_and_adding_stays_on_it(client, sign_in, priya, make_plan, library):
    plan, strategy = make_plan("agreed"), next(iter(library.values()))
    address = f"{c5(plan)}?words=&theme=&key_stage=KS4"
    page = sign_in(client, priya).get(address)
    assert cards(page) == sorted(page.title for page in library.values() if "KS4" in page.key_stages)
    assert add(client, address, strategy).url.endswith("/strategies/?words=&theme=&key_stage=KS4")


@pytest.fixture
def about_zebras(library):
    """One strategy called after them, and one that only says the word and stands first by title."""
    said, *_, called = sorted(library.values(), key=lambda page: page.title)
    called.title, said.summary = "Zebra walk", "Walk like a zebra."
    for page in (called, said):
        page.save_revision().publish()
    numbers = {"used": 8, "reviewed": 8, "helped_yes": 6}
    UseCount.objects.create(
        strategy=said, stand="total", setting="child", key_stage="KS2", school=1, **numbers
    )
    return called, said


def test_by_words_the_closest_comes_first_or_what_helped_most(
    client, sign_in, priya, make_plan, about_zebras
):
    called, said = about_zebras
    url = c5(make_plan("agreed"))
    page = sign_in(client, priya).get(f"{url}?words=zebra")
    assert cards(page) == [called.title, said.title]
    assert main_text(page).count("Helped in 6") == 0
    page = client.get(f"{url}?words=zebra&sort=helped")
    assert cards(page) == [said.title, called.title]
    assert "Helped in 6 of 8 plans reviewed" in main_text(page)


def test_words_that_are_misspelt_or_too_many_are_said(client, sign_in, priya, make_plan, about_zebras):
    url = c5(make_plan("agreed"))
    page = sign_in(client, priya).get(f"{url}?words=zebrra&key_stage=")
    assert "Did you mean zebra ?" in main_text(page)
    assert parsed(page).find("a", string="zebra")["href"] == "?words=zebra&key_stage="
    page = client.get(f"{url}?words=zebra+qqqq")
    some = "No strategy has all of these words. These have some of them, or words like them."
    assert some in main_text(page)
    assert len(cards(page)) == 2


def test_nothing_found_says_so(client, sign_in, priya, make_plan, library):
    page = sign_in(client, priya).get(f"{c5(make_plan('agreed'))}?words=zzzz")
    assert cards(page) == []
    assert "No strategy fits this search." in main_text(page)
