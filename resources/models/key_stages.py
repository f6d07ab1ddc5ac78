from django.db import models

from .codes import CodesField


class KeyStage(models.TextChoices):
    """The plain codes that schools use. Which child is in which is worked out elsewhere."""

    EYFS = "EYFS", "Early years (Nursery and Reception)"
    KS1 = "KS1", "Key stage 1 (Years 1 and 2)"
    KS2 = "KS2", "Key stage 2 (Years 3 to 6)"
    KS3 = "KS3", "Key stage 3 (Years 7 to 9)"
    KS4 = "KS4", "Key stage 4 (Years 10 and 11)"
    KS5 = "KS5", "Key stage 5 (Years 12 and 13)"


# How schools name the years of a key stage, for those who search.
YEARS = {
    "EYFS": "early years nursery reception",
    "KS1": "key stage 1 year 1 year 2 infants",
    "KS2": "key stage 2 year 3 year 4 year 5 year 6 juniors",
    "KS3": "key stage 3 year 7 year 8 year 9",
    "KS4": "key stage 4 year 10 year 11 GCSE",
    "KS5": "key stage 5 year 12 year 13 sixth form college",
}


class KeyStagesField(CodesField):
    CODES = KeyStage
    NONE_CHOSEN = "Select at least one key stage"
    UNKNOWN = "There is no key stage called"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 40} | kwargs)
