"""Which numbers of a table give somebody away, and which others would give those away.

Pure: numbers in, numbers out. The rule and why it holds: docs/adr/0012-small-numbers.md.
"""

FEWEST = 5


def is_small(number):
    return 0 < number < FEWEST


def published(number):
    """A number that stands by itself; None when it is hidden."""
    return None if is_small(number) else number


def published_table(cells):
    """`cells` maps names to numbers whose total is known to the reader. Hidden ones become None.

    When one is small, every number under 5 is hidden, 0 included, and the lowest of the others with all
    its equals: then any two hidden cells could be exchanged and the table would look the same.
    """
    if not any(is_small(number) for number in cells.values()):
        return dict(cells)
    lowest = min((number for number in cells.values() if number >= FEWEST), default=0)
    return {name: number if number > max(lowest, FEWEST - 1) else None for name, number in cells.items()}


def added_up(tables):
    """The published tables of periods that follow each other, as one of the whole time.

    It adds what the parts show, and hides what any of them hides: it tells nothing that they do not.
    """
    names = tables[0]
    return {name: total([table[name] for table in tables]) for name in names}


def total(numbers):
    return None if None in numbers else sum(numbers)


def may_move(changes):
    """Whether a published number may move to where it is now. `changes` maps everybody who knows their own
    part of it, as a school does, to the change of that part.

    What comes in is nothing or at least 5, and so it is for each of them who takes away their own.
    """
    whole = sum(changes.values())
    return not any(is_small(abs(whole - own)) for own in [0, *changes.values()])
