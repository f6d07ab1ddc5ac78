"""Pounds. Every amount is a Decimal, and is rounded to the penny here and nowhere else.

SQLite adds decimals up as floats: a sum it made is rounded before it is compared or shown.
"""

from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")


def to_the_penny(amount):
    """Half a penny goes up."""
    return Decimal(amount).quantize(PENNY, rounding=ROUND_HALF_UP)


def share_of(price, part, whole):
    """`part` of `whole` of a price, to the penny."""
    return to_the_penny(price * part / whole)


def split(price, parts):
    """A price in as many amounts as there are `parts`, as large to one another as these. The last takes what
    rounding leaves."""
    amounts = [share_of(price, part, sum(parts)) for part in parts[:-1]]
    return [*amounts, price - sum(amounts)]
