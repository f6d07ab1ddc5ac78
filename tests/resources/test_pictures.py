"""Pictures of the library: what may be uploaded, and with what words."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images.models import Image

from resources.image_form import NO_WORDS, NOT_A_PICTURE, NOT_ALLOWED, TOO_MANY_PIXELS
from tests.cast import sign_in

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
KINDS = {"a.jpg": "JPEG", "a.jpeg": "JPEG", "A.PNG": "PNG", "a.webp": "WEBP"}


def picture(kind="PNG", size=(40, 30)):
    buffer = io.BytesIO()
    Picture.new("RGB", size, "teal").save(buffer, kind)
    return buffer.getvalue()


def claiming(width, height):
    """A PNG of a few bytes that says it is this large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = chunk(b"IDAT", zlib.compress(b"\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


BAD = {
    "a.svg": (SVG, NOT_ALLOWED),
    "a.png": (SVG, NOT_A_PICTURE),
    "a.gif": (picture("GIF"), NOT_ALLOWED),
    "no-ending": (picture(), NOT_ALLOWED),
    "b.jpg": (picture("PNG"), NOT_A_PICTURE),
    "c.png": (b"<html><script>alert(1)</script>", NOT_A_PICTURE),
    "d.png": (picture()[:60], NOT_A_PICTURE),
    "e.png": (claiming(6001, 4000), TOO_MANY_PIXELS),
    "f.png": (claiming(12_000, 12_000), TOO_MANY_PIXELS),
    "g.png": (claiming(60_000, 60_000), TOO_MANY_PIXELS),
    "h.png": (claiming(0, 10), NOT_A_PICTURE),
}


@pytest.fixture
def editor(client, edie):
    return sign_in(client, edie)


def add(client, name, content, words="A calm corner", address="wagtailimages:add", prefix=""):
    sent = {"title": "A corner", "description": words, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse(address), {f"{prefix}{key}": value for key, value in sent.items()})


@pytest.mark.parametrize("name", KINDS)
def test_a_picture_of_an_allowed_kind_is_kept_with_its_words(editor, name):
    add(editor, name, picture(KINDS[name]))
    assert Image.objects.get().description == "A calm corner"


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_with_a_sentence(editor, name):
    content, sentence = BAD[name]
    response = add(editor, name, content)
    assert response.context["form"].errors == {"file": [sentence]}
    chooser = {"address": "wagtailimages_chooser:create", "prefix": "image-chooser-upload-"}
    assert sentence in add(editor, name, content, **chooser).text.replace("\\u2019", "’")
    many = {"title": "A corner", "files[]": SimpleUploadedFile(name, content)}
    script = {"X-Requested-With": "XMLHttpRequest"}
    answer = editor.post(reverse("wagtailimages:add_multiple"), many, headers=script).json()
    assert (answer["success"], answer["error_message"]) == (False, sentence)
    assert not Image.objects.exists()


def test_five_megabytes_are_the_most(editor, settings):
    response = add(editor, "a.png", picture() + b" " * settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    assert "too big" in response.context["form"].errors["file"][0]


def test_a_picture_needs_words_for_those_who_cannot_see_it(editor):
    assert add(editor, "a.png", picture(), words=" ").context["form"].errors == {"description": [NO_WORDS]}
    many = {"title": "A corner", "files[]": SimpleUploadedFile("a.png", picture())}
    script = {"X-Requested-With": "XMLHttpRequest"}
    answer = editor.post(reverse("wagtailimages:add_multiple"), many, headers=script).json()
    # Wagtail keeps it aside and asks for the words first.
    assert "uploaded_file_id" in answer
    assert not Image.objects.exists()


# Wagtail leaves the file of a small copy to Python to close.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_can_be_swapped_for_another_but_not_for_another_kind(editor):
    add(editor, "a.png", picture())
    address = reverse("wagtailimages:edit", args=[Image.objects.get().pk])
    sent = {"title": "A", "description": "A corner"}
    page = editor.post(address, sent | {"file": SimpleUploadedFile("a.png", SVG)})
    assert page.context["form"].errors == {"file": [NOT_A_PICTURE]}
    assert editor.post(address, sent).status_code == 302
