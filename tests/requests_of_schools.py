"""Requests of schools as the services make them, with one override at a time."""

import pytest
from django.utils import timezone

from consultations.services import NewRequest, ask_to_discuss


@pytest.fixture
def make_request(quillbrook, sam):
    """Sam asks about a child of Year 4. `partnership`, `by` and `at` may be given; every other override is
    of NewRequest."""

    def make(sentence="A child cries at the gate", **overrides):
        partnership, by = overrides.pop("partnership", quillbrook), overrides.pop("by", sam)
        at = overrides.pop("at", None) or timezone.now()
        values = {"parents_aware": "yes", "year_group": 4} | overrides
        return ask_to_discuss(partnership, NewRequest(sentence, **values), by=by, at=at)

    return make
