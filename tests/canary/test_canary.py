import pytest
from .world import the_world
from . import markers

pytestmark = pytest.mark.django_db

@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), the_world() as found:
        yield found

def test_every_text_of_every_record_is_a_marker_or_excused(world):
    texts = {f"{model.__name__}.{name}": (model, name) for model in markers.our_models() for name in markers.texts_of(model) if not markers.is_excused(model, name)}
    bare = [text for text, (model, name) in texts.items() if not any(markers.PATTERN.search(value) for value in markers.values_of(model, name))]
    assert bare == []
