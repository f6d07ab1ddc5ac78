"""C5: what is not added, who does not choose, and what the page costs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Draft
from consultations.services import keep_draft, send_plan
from tests.cost import AT_MOST, cost
from tests.filling import banners
from tests.plans import newest

from .choosing import NOT_OFFERED, add, c5, cards, plan_key


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
    typed = Draft.objects.get().payload
    # As of one that never was: tests/consultations/test_draft_gone.py.
    assert add(planning.client, there, next(iter(library.values()))).url == reverse("home:start")
    assert Draft.objects.get().payload == typed


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
