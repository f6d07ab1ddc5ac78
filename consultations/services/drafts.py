from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import UsedFormKey
from consultations.models import Draft

# Of no-names work no name is stored, not even in a half-written form.
NAME_FIELDS = ("first_name", "last_name", "date_of_birth_day", "date_of_birth_month", "date_of_birth_year")


class StaleDraft(Exception):
    """The same draft was saved elsewhere (another tab) since this form was opened."""


@transaction.atomic
def keep_draft(key, payload, *, by, path, at, page, opened_version=None, **place):
    """Keep a form as far as it was typed: a dict of lists, as it was sent. Returns the draft.

    `place` says what it is about: kind, partnership, and a visit or a case where there is one.
    `page` tells one opening of the form from another: raises StaleDraft when another one saved the draft
    since this one read `opened_version`, or the key came from another page or school.
    """
    payload = _without_names_that_were_not_chosen(payload)
    draft = Draft.objects.select_for_update().filter(key=key, author=by).first()
    if draft is None:
        return Draft.objects.create(
            key=key,
            author=by,
            path=path,
            page=page,
            payload=payload,
            started_at=at,
            saved_at=at,
            **place,
        )
    elsewhere = (draft.path, draft.partnership) != (path, place["partnership"])
    if elsewhere or (draft.page != page and draft.version != opened_version):
        raise StaleDraft
    draft.payload, draft.saved_at, draft.page, draft.version = payload, at, page, draft.version + 1
    draft.save()
    return draft


@transaction.atomic
def change_draft(draft, change, *, at):
    """Write over what was typed: `change(payload)` returns what the draft holds from now on.

    A form that is still open on it cannot write over that: it is told that the draft was saved elsewhere.
    Raises ValidationError when the draft was saved as finished or discarded meanwhile.
    """
    draft = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if draft is None:
        raise ValidationError("What you typed was saved or discarded since. Open the plan to go on.")
    draft.payload, draft.saved_at, draft.page = change(draft.payload), at, uuid4()
    draft.version += 1
    draft.save()
    return draft


def discard_draft(key, *, by):
    """Throw a draft away: because its writer says so, or because it was saved as finished."""
    Draft.objects.filter(key=key, author=by).delete()


def drop_saved_drafts(drafts):
    """Throw away what was saved as finished since: an autosave may come in while the form is being saved."""
    drafts.filter(key__in=UsedFormKey.objects.values("pk")).delete()


def pass_drafts_on(drafts, *, to):
    """Somebody else goes on with these drafts, as far as they were typed. Returns how many there were.

    Nothing of them is read: what was typed stays ciphertext on its way.
    """
    return drafts.update(author=to)


def _without_names_that_were_not_chosen(payload):
    about_one_child = payload.get("subject", ["child"]) == ["child"]
    by_name = about_one_child and payload.get("child", ["new"]) == ["new"]
    return payload if by_name else {k: v for k, v in payload.items() if k not in NAME_FIELDS}


def draft_saved_at(key, *, by):
    """When the form of this key, which is any text, was kept by who typed it; None when it was not."""
    try:
        key = UUID(key)
    except ValueError:
        return None
    return Draft.objects.filter(key=key, author=by).values_list("saved_at", flat=True).first()
