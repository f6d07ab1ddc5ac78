"""Marker words: every text of the world is one word that stands nowhere else, so what it tells is known.

Which texts there are is found by walking the models. One that is neither marked nor excused fails the test.
"""

import re
from itertools import count
from typing import NamedTuple

from django.apps import apps
from django.db import models

OURS = ("accounts", "consultations", "home", "resources", "schools")
# Long and odd enough that no random token on a page is ever taken for one.
LETTERS = "bcdfghjklmnprstvwy"
PATTERN = re.compile(rf"zqxj[{LETTERS}]{{4}}qx")

# Columns of text that hold nothing typed about a child, each with the reason. Choices excuse themselves.
EXCUSED = {
    "AuditEvent.detail": "a sentence of ours about an account; marked by its own test in accounts",
    "Delivery": "an e-mail's own columns; marked by its own test in accounts",
    "CaseChain": "numbers and a signature",
    "CaseLink": "names of tables and columns, and a signature",
    "CaseStub": "what is left of a case: a reference, a number and a signature",
    "Device.digest": "a digest",
    "Draft.path": "an address",
    "Paper.from_whom": "on every page of the service",
    "Paper.title": "made of references",
    "Reading.door": "the name of a page",
    "Reading.record": "a reference",
    "RegisterChange": "the public register of schools",
    "Invitation.token_digest": "a digest",
    "Invoice.from_whom": "on every page of the service",
    "InvoiceLine.part": "a name of ours",
    "InvoiceLine.words": "made of counts and dates",
    "Loaded": "the names of files of ours",
    "LibraryPage": "the library, which everybody with a role reads",
    "RegisterRun": "the public register of schools",
    "School": "the public register of schools",
    "SchoolLink": "the public register of schools",
    "Service.name": "on every page of the service",
    "Statement.figures": "dates, kinds of lines and minutes",
    "Statement.from_whom": "on every page of the service",
    "Step.strategy_title": "the title of a page of the library",
    "StrategyPage": "the library, which everybody with a role reads",
    "Synonym": "the library, which everybody with a role reads",
    "Theme.slug": "made of the name",
    "TopicPage": "the library, which everybody with a role reads",
    "UsedFormKey.fingerprint": "a keyed digest",
    "UsedFormKey.led_to": "an address",
    "User": "the names of staff, on most pages",
    "Word": "words of the library, which everybody with a role reads",
    "reference": "drawn at random",
}


class Word(NamedTuple):
    """What one marker tells: the column it was typed in, the place it is of, and how far that was shared."""

    field: str
    place: str
    state: str


class Words:
    """The markers that were handed out, by themselves."""

    def __init__(self):
        self.told, self._numbers, self._figures = {}, count(), {}

    def new(self, field, place, state):
        number, letters = next(self._numbers), ""
        for _ in range(4):
            number, place_of_letter = divmod(number, len(LETTERS))
            letters += LETTERS[place_of_letter]
        marker = f"zqxj{letters}qx"
        self.told[marker] = Word(field, place, state)
        return marker

    def figure(self, figure, field, place, state):
        """A number that nothing else comes to is a marker too."""
        self.told[figure] = self._figures[figure] = Word(field, place, state)

    def some(self):
        """A name of a child, a goal and the name of a person: what somebody would search for."""
        wanted = ("Case.first_name", "Goal.what", "SchoolPerson.name")
        return [next(marker for marker, word in self.told.items() if word.field == field) for field in wanted]

    def found_in(self, text):
        """What the markers in a text tell, however it is spaced. A marker nobody gave is an error."""
        text = re.sub(r"\s+", "", text).lower()
        figures = {word for figure, word in self._figures.items() if figure in text}
        return figures | {self.told[marker] for marker in PATTERN.findall(text)}


def our_models():
    """Every model of ours but histories, which have the same columns as what they are the history of."""
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            if "history_object" not in model.__dict__ and not hasattr(model, "instance_type"):
                yield model


def texts_of(model):
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, kinds) and not field.choices
    ]


def is_excused(model, name):
    return bool({f"{model.__name__}.{name}", model.__name__, name} & EXCUSED.keys())


def values_of(model, name):
    """Every value of one column as text, those of its history included."""
    sources = [model, model.history.model] if hasattr(model, "history") else [model]
    for source in sources:
        yield from map(str, source._base_manager.values_list(name, flat=True))
