"""Synonyms: what people type, and what the library says. Editors keep the list."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import RoleRow
from resources.models import Synonym
from resources.services.synonyms import load_synonyms
from resources.services.texts import read_synonyms

OTHERS = [kind for kind in RoleRow.Kind if kind not in (RoleRow.Kind.LINK_CLINICIAN, RoleRow.Kind.EDITOR)]
ADD = "wagtailsnippets_resources_synonym:add"


def test_loading_them_again_adds_nothing_and_keeps_what_an_editor_changed_or_deleted(db):
    load_synonyms(read_synonyms())
    count = Synonym.objects.count()
    Synonym.objects.filter(typed="sad").update(means="blue")
    Synonym.objects.filter(typed="worried").delete()

    load_synonyms(read_synonyms())
    assert Synonym.objects.count() == count - 1
    assert Synonym.objects.get(typed="sad").means == "blue"


def test_the_product_brings_each_word_once():
    typed = [synonym["typed"] for synonym in read_synonyms()]
    assert sorted(typed) == sorted(set(typed))


def test_an_editor_adds_one_that_finds_a_strategy_at_once(client, edie, make_strategy):
    make_strategy("Anger", themes=["sleep"])
    client.force_login(edie)
    assert "Synonyms" in client.get(reverse("wagtailadmin_home")).text
    response = client.post(reverse(ADD), {"typed": "Kicking-off!", "means": "Anger; , shouting"})

    assert response.status_code == 302
    synonym = Synonym.objects.get()
    assert (synonym.typed, synonym.means) == ("kicking off", "anger, shouting")
    found = client.get("/library/", {"words": "kicking off"})
    assert [page.title for page in found.context["strategies"]] == ["Anger"]


def test_an_editor_takes_one_out_of_the_list(client, edie, empty_library):
    synonym = Synonym.objects.create(typed="sad", means="low mood")
    client.force_login(edie)
    client.post(reverse("wagtailsnippets_resources_synonym:delete", args=[synonym.pk]))
    assert not Synonym.objects.exists()


@pytest.mark.parametrize("kind", OTHERS)
def test_nobody_else_adds_to_the_list(client, make_reader, empty_library, kind):
    client.force_login(make_reader(kind))
    # Who reviews knows the editing pages, and is led back to the first of them.
    knows = kind in ("clinician", "service_lead")
    assert client.get(reverse(ADD)).status_code == (302 if knows else 404)
    assert client.post(reverse(ADD), {"typed": "sad", "means": "low mood"}).status_code == (
        302 if knows else 404
    )
    assert not Synonym.objects.exists()


@pytest.mark.parametrize("name", ["typed", "means"])
def test_signs_alone_are_no_synonym(name):
    synonym = Synonym(**{"typed": "sad", "means": "low mood"} | {name: "?!, 😀"})
    with pytest.raises(ValidationError) as refused:
        synonym.clean()
    assert refused.value.message_dict == {name: ["Enter at least one word with letters or numbers"]}


def test_a_word_stands_in_the_list_once_however_it_is_written(client, edie, empty_library):
    Synonym.objects.create(typed="sad", means="low mood")
    client.force_login(edie)
    response = client.post(reverse(ADD), {"typed": " SAD ", "means": "blue"})
    assert "This word is in the list already. Change that one" in response.text
