from resources.models import Loaded, Synonym


def load_synonyms(texts):
    """Add the synonyms whose word is not in the list yet. What an editor wrote, changed or deleted stays as
    it is."""
    there, loaded = set(Synonym.objects.values_list("typed", flat=True)), Loaded.keys()
    synonyms = [Synonym(typed=text["typed"], means=", ".join(text["means"])) for text in texts]
    for synonym in synonyms:
        synonym.clean()
    new = [one for one in synonyms if one.typed not in there and f"synonym:{one.typed}" not in loaded]
    Synonym.objects.bulk_create(new)
    Loaded.remember(*[f"synonym:{synonym.typed}" for synonym in new])
