"""W3: a topic."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import RoleRow

KINDS = [kind for kind in RoleRow.Kind if kind != RoleRow.Kind.LINK_CLINICIAN]


@pytest.mark.parametrize("kind", KINDS)
def test_every_role_reads_a_topic(client, make_reader, make_topic, kind):
    page = make_topic()
    client.force_login(make_reader(kind))
    assert client.get(page.url).status_code == 200


def test_without_signing_in_you_are_sent_to_sign_in(client, make_topic):
    page = make_topic()
    assert client.get(page.url).headers["Location"] == f"{reverse('account_login')}?next={page.url}"


def test_a_draft_is_not_found_and_nothing_can_be_sent_to_it(client, tess, make_topic):
    client.force_login(tess)
    assert client.get(make_topic(live=False).url).status_code == 404
    assert client.post(make_topic("sleep").url).status_code == 405


def test_it_says_what_it_is_and_lists_the_published_strategies_of_its_theme(
    client, tess, make_topic, make_strategy
):
    make_strategy("Breathe", themes=["worry", "sleep"])
    make_strategy("A quiet corner", themes=["worry"])
    make_strategy("Not ready", themes=["worry"], live=False)
    make_strategy("Another concern", themes=["sleep"])
    page = make_topic(intro=[("line", "Look <b>first</b>.")])
    client.force_login(tess)
    response = client.get(page.url)
    assert [strategy.title for strategy in response.context["strategies"]] == ["A quiet corner", "Breathe"]
    assert "Look &lt;b&gt;first&lt;/b&gt;." in response.text


def test_a_topic_without_strategies_says_so(client, tess, make_topic):
    client.force_login(tess)
    assert "No strategy about this is in the library yet." in client.get(make_topic().url).text


def test_a_topic_about_harm_calls_them_what_staff_do_first(client, tess, make_topic, make_strategy):
    make_strategy("When a child tells you", themes=["self-harm"])
    page = make_topic("self-harm")
    client.force_login(tess)
    text = client.get(page.url).text
    assert "<h2>What staff do first</h2>" in text
    assert "<h2>Strategies</h2>" not in text


def test_a_theme_has_one_topic(make_topic):
    make_topic()
    with pytest.raises(ValidationError):
        make_topic(title="Another")


@pytest.mark.parametrize("count", [1, 3])
def test_a_topic_costs_the_same_for_any_number(
    client, tess, make_topic, make_strategy, django_assert_num_queries, count
):
    for number in range(count):
        make_strategy(f"Quiet {number}", themes=["worry", "sleep", "anger"][: number + 1])
    page = make_topic()
    client.force_login(tess)
    url = page.url
    client.get(url)  # Wagtail looks up the addresses of its sites once
    with django_assert_num_queries(10):
        assert len(client.get(url).context["strategies"]) == count
