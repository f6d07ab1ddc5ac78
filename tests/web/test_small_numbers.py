"""No hidden number can be worked out: not from the total, the other numbers, other terms or the rule itself.

Small worlds are gone through whole: every table there can be is sorted by how it looks when it is published.
If all tables that look the same agree in a hidden number, the look gives it away.
"""

from itertools import product
from random import Random

import pytest

from web.small_numbers import added_up, published, published_table, total

NAMES = "abcdefgh"


def tables(names, most):
    """Every table of up to `most` in all."""
    for numbers in product(range(most + 1), repeat=names):
        if sum(numbers) <= most:
            yield dict(zip(NAMES, numbers, strict=False))


def given_away(secrets, look_of):
    """(look, name) of every hidden number that is the same in all the secrets that look alike."""
    alike = {}
    for secret in secrets:
        look = look_of(secret)
        for name in [name for name, number in look.items() if number is None]:
            alike.setdefault((tuple(look.items()), name), set()).add(secret[name])
    return [key for key, numbers in alike.items() if len(numbers) == 1]


def with_total(table):
    return published_table(table) | {"total": published(sum(table.values()))}


@pytest.mark.parametrize(("names", "most"), [(2, 30), (3, 20), (4, 13), (5, 9)])
def test_no_hidden_number_of_a_table_follows_from_what_is_shown(names, most):
    secrets = [table | {"total": sum(table.values())} for table in tables(names, most)]
    looks = given_away(secrets, lambda secret: with_total({n: secret[n] for n in NAMES[:names]}))
    # At the edge of what was gone through, the tables that look alike lie outside.
    assert [look for look in looks if (dict(look[0])["total"] or 0) < most - 5] == []


def test_the_check_finds_a_rule_that_hides_small_numbers_alone():
    secrets = [table | {"total": sum(table.values())} for table in tables(3, 14)]

    def naive(secret):
        return {name: published(number) for name, number in secret.items()}

    assert given_away(secrets, naive) != []


def year_of(secret):
    """How two terms of two names and their year look, from all the numbers in it."""
    terms = [{name: secret[f"{name}{number}"] for name in "ab"} for number in (1, 2)]
    looks = [with_total(term) for term in terms]
    year = added_up(looks)
    shown = {f"{name}{number}": look[name] for number, look in enumerate(looks, 1) for name in look}
    return shown | {f"{name}-year": year[name] for name in year}


def test_a_year_beside_its_terms_gives_nothing_away():
    secrets = []
    for first, second in product(tables(2, 14), repeat=2):
        values = {f"{name}1": n for name, n in first.items()} | {f"{name}2": n for name, n in second.items()}
        values |= {"total1": sum(first.values()), "total2": sum(second.values())}
        values |= {f"{name}-year": first[name] + second[name] for name in "ab"}
        secrets.append(values | {"total-year": values["total1"] + values["total2"]})
    looks = given_away(secrets, year_of)
    edge = [look for look in looks if max(dict(look[0])[f"total{n}"] or 0 for n in (1, 2)) < 10]
    assert edge == []


def test_in_larger_tables_hidden_numbers_can_change_places_and_nothing_looks_different():
    rng = Random(5)
    for _ in range(3000):
        size = rng.randint(2, 18)
        table = {n: rng.choice([0, 1, 2, 4, 5, 5, 6, 9, 30, rng.randint(0, 60)]) for n in range(size)}
        look = published_table(table)
        hidden = [name for name, number in look.items() if number is None]
        assert all(number is None or not 0 < number < 5 for number in look.values())
        if not hidden:
            continue
        assert len(hidden) > 1
        for one, other in zip(hidden, hidden[1:], strict=False):
            swapped = table | {one: table[other], other: table[one]}
            assert published_table(swapped) == look
        all_small = all(number < 5 for number in table.values())
        assert all_small or len({table[name] for name in hidden}) > 1


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ({"a": 12, "b": 7, "c": 0}, {"a": 12, "b": 7, "c": 0}),
        ({"a": 12, "b": 7, "c": 3}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 7, "c": 3, "d": 0}, {"a": 12, "b": None, "c": None, "d": None}),
        ({"a": 7, "b": 7, "c": 4, "d": 9}, {"a": None, "b": None, "c": None, "d": 9}),
        ({"a": 4, "b": 4}, {"a": None, "b": None}),
        ({"a": 5, "b": 0}, {"a": 5, "b": 0}),
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}),
        ({"a": 5, "b": 1}, {"a": None, "b": None}),
    ],
)
def test_what_is_shown(table, shown):
    assert published_table(table) == shown


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (400, 400)])
def test_a_number_by_itself(number, shown):
    assert published(number) == shown


def test_a_year_adds_up_what_its_terms_show_and_hides_what_one_of_them_hides():
    assert added_up([{"a": 8, "b": None, "c": 0}, {"a": 9, "b": 40, "c": 0}]) == {"a": 17, "b": None, "c": 0}
    assert total([]) == 0
