"""C5: strategies are chosen for a plan, from C4 and from the plan; nothing typed is lost on the way."""

from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Draft, PlanVersion
from consultations.services import keep_draft, send_plan
from resources.models import UseCount
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, as_sent, banners, main_text, parsed
from tests.plans import newest

# About anger: C4 does not offer it for a case about worry.
NOT_OFFERED = "spot-it-early-and-step-out"
NOTHING = "Nothing from the library is in this plan yet."


def c5(plan):
    return reverse("consultations:plan-strategies", args=[plan.reference])


def add(client, url, page):
    return client.post(url, {"add": page.pk})


def cards(page):
    return [heading.get_text(strip=True) for heading in parsed(page).select(".app-cards h3")]


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


@pytest.mark.parametrize("key", ["", "0", "9" * 30, "one", "unpublished"])
def test_what_is_not_in_the_library_is_not_added(client, sign_in, priya, make_plan, library, key):
    plan, strategy = make_plan("agreed"), next(iter(library.values()))
    strategy.unpublish()
    key = strategy.pk if key == "unpublished" else key
    sign_in(client, priya).post(c5(plan), {"add": key})
    assert banners(client.get(c5(plan))) == ["This strategy is no longer in the library."]
    assert not Draft.objects.exists()


def test_a_plan_that_waits_says_so(client, sign_in, priya, make_plan, library):
    plan = make_plan("sent")
    sign_in(client, priya)
    for answer in (client.get(c5(plan)), add(client, c5(plan), next(iter(library.values())))):
        assert answer.url == plan.get_absolute_url()
    assert (
        banners(client.get(plan.get_absolute_url()))
        == ["This plan waits to be agreed. It can be changed after that."] * 2
    )
    assert not Draft.objects.exists()


def test_a_plan_that_ended_says_so(client, sign_in, priya, make_plan, make_review, library):
    plan = make_plan("agreed")
    make_review(plan, overall="finished")
    sign_in(client, priya).post(c5(plan), {"add": next(iter(library.values())).pk})
    assert banners(client.get(plan.get_absolute_url())) == ["This plan has ended. Start a new one."]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("becomes", ["sent", "ended"])
def test_a_draft_of_a_plan_that_takes_no_change_takes_no_strategy(
    client, sign_in, priya, make_plan, make_review, library, becomes
):
    plan = make_plan("draft" if becomes == "sent" else "agreed")
    first, second, *_ = library.values()
    there = add(sign_in(client, priya), c5(plan), first).url
    client.get(there)
    payload = Draft.objects.get().payload
    if becomes == "sent":
        version = newest(plan)
        send_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
        words = "This plan waits to be agreed. It can be changed after that."
    else:
        make_review(plan, overall="finished")
        words = "This plan has ended. Start a new one."
    for answer in (client.get(there), add(client, there, second)):
        assert answer.url == plan.get_absolute_url()
    assert banners(client.get(plan.get_absolute_url())) == [words] * 2
    assert Draft.objects.get().payload == payload


def test_a_draft_that_begins_a_plan_where_one_runs_leads_to_that(planning, make_plan, library):
    there = planning.send(find_more="1").url
    plan = make_plan("draft", case=Draft.objects.get().case)
    assert add(planning.client, there, next(iter(library.values()))).url == plan.get_absolute_url()
    assert banners(planning.client.get(plan.get_absolute_url())) == [
        "There is a plan already. Change that one, or finish it first."
    ]


def test_the_same_fits_from_the_plan_and_from_its_draft(
    client, sign_in, priya, make_plan, make_consultation, library
):
    """What was talked about since is of another plan."""
    plan = make_plan("agreed")
    make_consultation(about=plan.case, themes=["anger"])
    first = cards(sign_in(client, priya).get(c5(plan)))
    there = add(client, c5(plan), library[NOT_OFFERED]).url
    assert cards(client.get(there)) == first


@pytest.mark.parametrize(("who", "code"), [("owen", 404), ("noor", 404), ("ruth", 403), ("sam", 403)])
def test_nobody_else_chooses(request, client, sign_in, make_plan, library, who, code):
    plan, strategy = make_plan("agreed"), next(iter(library.values()))
    sign_in(client, request.getfixturevalue(who))
    assert client.get(c5(plan)).status_code == code
    assert add(client, c5(plan), strategy).status_code == code
    assert not Draft.objects.exists()


def test_somebody_elses_draft_is_not_found(planning, sign_in, owen, library):
    there = planning.send(find_more="1").url
    sign_in(planning.client, owen)
    assert planning.client.get(there).status_code == 404
    assert add(planning.client, there, next(iter(library.values()))).status_code == 404


def test_a_draft_of_another_page_is_not_found(client, sign_in, priya, make_plan, library):
    plan = make_plan("agreed")
    place = {"kind": "plan", "partnership": plan.partnership, "case": plan.case, "page": plan_key(1)}
    path = f"{plan.get_absolute_url()}school-change/"
    draft = keep_draft(plan_key(2), {}, by=priya, path=path, at=timezone.now(), **place)
    url = reverse("consultations:draft-strategies", args=[draft.key])
    assert sign_in(client, priya).get(url).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete"])
def test_it_is_read_or_pressed(client, sign_in, priya, make_plan, method):
    assert getattr(sign_in(client, priya), method)(c5(make_plan("agreed"))).status_code == 405


@pytest.mark.parametrize("which", ["plan", "draft"])
def test_it_costs_the_same_for_one_strategy_and_for_three(client, sign_in, priya, make_plan, library, which):
    plan = make_plan("agreed")
    first, second, third, *rest = library.values()
    for page in (second, third, *rest):
        page.unpublish()
    sign_in(client, priya)
    url = f"{add(client, c5(plan), first).url if which == 'draft' else c5(plan)}?words="
    client.get(url)  # Wagtail looks up once where its site is.
    one = cost(client, url)
    for page in (second, third):
        page.save_revision().publish()
        add(client, c5(plan), page)
    assert len(cards(client.get(url))) == 3
    assert cost(client, url) == one
    assert one <= AT_MOST


def plan_key(number):
    return UUID(int=number)


def page_ticked(number, key):
    return {f"steps-{number}-strategy": [str(key)], f"steps-{number}-chosen": ["on"]}
