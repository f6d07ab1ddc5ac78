"""What a page of a paper carries, so that nothing is handed out that was not read on it."""

import json

from django.utils.crypto import constant_time_compare, salted_hmac


def mark_of(new, reader):
    """A signed digest of a paper as it reads now, for whoever has it open."""
    said = json.dumps([reader.pk, new.kind, new.audience, new.title, new.blocks], sort_keys=True)
    return salted_hmac("consultations.papers.as_read", said, algorithm="sha256").hexdigest()


def was_read(new, reader, mark):
    return constant_time_compare(mark, mark_of(new, reader))
