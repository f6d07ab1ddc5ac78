"""What a page about eating, self-harm or trauma may hold, and what any page needs before it is published.

Where a child may come to harm, a school needs no strategy to try first: only what staff do first, whom they
tell and where help is.
"""

LEFT_EMPTY = {
    "when_to_use": "When to use it",
    "when_not": "When not to use it",
    "tweaks": "Small tweaks",
    "effort": "Effort",
    "shows_in": "Time until it shows",
    "watch_for": "What to watch for",
    "seek_help": "Signs to seek more help",
}
ONLY_FIRST_RESPONSE = {"whom_to_tell": "Whom to tell", "where_help_is": "Where help is"}
NEEDED = {
    "effort": "Select how much effort it takes",
    "shows_in": "Select how long it is until it shows",
    "when_to_use": "Add at least one line on when to use it",
    "seek_help": "Add at least one sign to seek more help",
}


def problems(themes, value_of):
    """What is wrong with a page to publish, as messages by field. `value_of(name)` is a field's value.

    The rule for the themes marked `first_response_only` is domain.md's list and the library's own.
    """
    names = [theme.name for theme in themes if theme.first_response_only]
    if not names:
        return problems_of_a_strategy(value_of)
    return problems_of_a_first_response(" and ".join(f"“{name}”" for name in names), value_of)


def problems_of_a_strategy(value_of):
    found = {name: message for name, message in NEEDED.items() if not value_of(name)}
    for name, label in ONLY_FIRST_RESPONSE.items():
        if value_of(name):
            found[name] = f"“{label}” is only for pages on what staff do first. Leave it empty"
    return found


def problems_of_a_first_response(about, value_of):
    found = {
        name: f"A page about {about} holds only what staff do first, whom they tell and where help is. "
        f"Leave “{label}” empty"
        for name, label in LEFT_EMPTY.items()
        if value_of(name)
    }
    for name, label in ONLY_FIRST_RESPONSE.items():
        if not value_of(name):
            found[name] = f"Add at least one line to “{label}”"
    return found
