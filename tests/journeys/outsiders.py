"""Somebody who does not work with a school cannot tell that any of its records exists."""

import re

A_RECORD = re.compile(r"/(visits|consultations|plans|cases|schools|drafts)/.+")
LISTS = ["/today/", "/schools/", "/plans/", "/library/"]
LISTS_AT_A_SCHOOL = ["/needs-doing/", "/plans/", "/cases/"]
NAMES_OF_RECORDS = [
    (re.compile(r"/([A-Z])-\w{4}-\w{3}/"), r"/\1-2222-222/"),
    (re.compile(r"/schools/\d+/"), "/schools/999999/"),
    (re.compile(r"/[0-9a-f-]{36}/"), "/00000000-0000-4000-8000-000000000000/"),
]
CHANGES_EACH_TIME = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def cannot_tell(outsider, addresses, words, lists=LISTS):
    """Each address answers exactly as one that nobody has, and no list of theirs holds a word of it."""
    about_records = [address for address in addresses if A_RECORD.match(address)]
    assert about_records
    for address in about_records:
        answer = outsider.context.request.get(address)
        assert (address, answer.status) == (address, 404)
        assert body(answer) == body(outsider.context.request.get(nobodys(address)))
    for address in lists:
        answer = outsider.context.request.get(address)
        assert (address, answer.status) == (address, 200)
        assert [word for word in words if word in answer.text()] == []


def never_holds(reader, addresses, words):
    """What this person may open, as far as it opens for them, holds none of these words."""
    for address in addresses:
        assert [word for word in words if word in reader.context.request.get(address).text()] == []


def nobodys(address):
    """The same kind of address, of a record that is not there."""
    for name, another in NAMES_OF_RECORDS:
        address = name.sub(another, address)
    return address


def body(answer):
    return CHANGES_EACH_TIME.sub("", answer.text())
