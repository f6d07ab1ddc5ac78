from collections import Counter, defaultdict

from resources.models.facets import facet, split_facets


def count_choices(how_many_have, chosen, names):
    """{filter: {choice: how many strategies have it}}, of {facets of a strategy: how many have just these}.

    `chosen` is {filter: choice}. What is chosen in a filter narrows every filter but itself, so that the
    other choices of it still say what they would give.
    """
    wanted = {name: facet(name, code) for name, code in chosen.items()}
    counts = defaultdict(Counter)
    for text, how_many in how_many_have.items():
        facets = split_facets(text)
        missed = [name for name, one in wanted.items() if one not in facets]
        for part in facets:
            name, _, code = part.partition(":")
            if name in names and not set(missed) - {name}:
                counts[name][code] += how_many
    return counts
