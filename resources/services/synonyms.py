from resources.models import Synonym


def load_synonyms(texts):
    """Add the synonyms whose word is not in the list yet. What an editor wrote or changed stays as it is."""
    there = set(Synonym.objects.values_list("typed", flat=True))
    synonyms = [Synonym(typed=text["typed"], means=", ".join(text["means"])) for text in texts]
    for synonym in synonyms:
        synonym.clean()
    Synonym.objects.bulk_create(synonym for synonym in synonyms if synonym.typed not in there)
