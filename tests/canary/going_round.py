"""Trying one door as one person, and everything that came back as one text."""

from io import BytesIO

from django.db import transaction
from django.test import Client
from pypdf import PdfReader


def pdf_text(content):
    paper = PdfReader(BytesIO(content))
    return " ".join([*(page.extract_text() for page in paper.pages), str(paper.metadata)])


def text_of(response):
    """Body, headers (where a redirect leads is one) and messages."""
    content = b"".join(response) if response.streaming else response.content
    is_pdf = response.headers.get("Content-Type", "") == "application/pdf"
    body = pdf_text(content) if is_pdf else content.decode(errors="replace")
    request = getattr(response, "wsgi_request", None)
    queued = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    return " ".join([body, str(dict(response.headers)), *map(str, queued)])


def probe(client, door):
    """What one person meets at one door. Whatever it changed is undone."""
    with transaction.atomic():
        send = getattr(client, door.method)
        response = send(door.url, door.data, headers={"X-Requested-With": "fetch"} if door.fetch else {})
        text = text_of(response)
        transaction.set_rollback(True)
    return response.status_code, text


def go_round(world, actor, doors):
    """Yields (door, status, the words that were met)."""
    client = actor.sign_in(Client(raise_request_exception=False))
    for door in doors:
        status, text = probe(client, door)
        yield door, status, world.words.found_in(text) - door.typed
