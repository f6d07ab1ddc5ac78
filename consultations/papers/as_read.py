"""What a page of a paper carries, so that nothing is handed out that was not read on it."""

import json

from django.utils.crypto import constant_time_compare, salted_hmac


def mark_of(new, reader):
    """A signed digest of a paper as it reads now, for whoever has it open."""
    return mark_of_words([new.kind, new.audience, new.title, new.blocks], reader)


def mark_of_words(words, reader):
    """The same of anything that JSON can say."""
    said = json.dumps([reader.pk, words], sort_keys=True)
    return salted_hmac("consultations.papers.as_read", said, algorithm="sha256").hexdigest()


def was_read(new, reader, mark):
    return constant_time_compare(mark, mark_of(new, reader))


def words_were_read(words, reader, mark):
    return constant_time_compare(mark, mark_of_words(words, reader))
