"""The one door for uploads: a document of the library, of a few kinds, and handed out as a file."""

import io
import zipfile

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document

from accounts.models import RoleRow
from resources.document_form import NOT_WHAT_IT_SAYS
from resources.models.clinician_review import REVIEWERS
from web.forms import NhsForm

OURS = {"accounts", "consultations", "home", "resources", "schools", "web"}
BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
PDF = b"%PDF-1.7\n%%EOF"


def office(*parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return buffer.getvalue()


GOOD = {
    "plan.pdf": PDF,
    "PLAN.PDF": PDF,
    "plan.docx": office("word/document.xml"),
    "plan.xlsx": office("xl/workbook.xml"),
    "plan.pptx": office("ppt/presentation.xml"),
    "plan.odt": office("content.xml"),
    "plan.txt": "Zuerst Ümlaute".encode(),
}
BAD = {
    "page.html": b"<script>alert(1)</script>",
    "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "program.exe": b"MZ\x90\0",
    "script.js": b"alert(1)",
    "archive.zip": office("x"),
    "no-ending": PDF,
    "plan.pdf.html": PDF,
    "page.pdf": b"<html><script>alert(1)</script>",
    "program.pdf": b"MZ\x90\0",
    "page.docx": b"<html>",
    "another.docx": office("xl/workbook.xml"),
    "macros.docx": office("word/document.xml", "word/vbaProject.bin"),
    "picture.txt": b"\x89PNG\r\n\x1a\n\0\0",
    "empty.pdf": b"",
}


@pytest.fixture(autouse=True)
def on_disk(settings, tmp_path):
    """As in production. The tests' own storage lies in memory, and is not what hands files out."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": kept}


@pytest.fixture
def editor(client, edie, empty_library):
    client.force_login(edie)
    return client


def upload(client, name, content):
    """Through the page that takes many files at once, which is the one with the button."""
    sent = {"title": "A plan", "files[]": SimpleUploadedFile(name, content)}
    return client.post(reverse("wagtaildocs:add_multiple"), sent, headers=BY_SCRIPT)


@pytest.mark.parametrize("name", GOOD)
def test_a_document_of_an_allowed_kind_is_kept_and_handed_out_as_a_file(editor, name):
    assert upload(editor, name, GOOD[name]).json()["success"]
    document = Document.objects.get()
    response = editor.get(document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Cache-Control"] == "no-store"
    assert b"".join(response) == GOOD[name]


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_and_not_kept(editor, name):
    assert not upload(editor, name, BAD[name]).json()["success"]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("address", "prefix"),
    [("wagtaildocs:add", ""), ("wagtaildocs_chooser:create", "document-chooser-upload-")],
)
def test_the_other_two_pages_that_take_a_document_are_as_strict(editor, address, prefix):
    for name, content in BAD.items():
        sent = {f"{prefix}title": "A", f"{prefix}file": SimpleUploadedFile(name, content)}
        editor.post(reverse(address), sent)
    assert not Document.objects.exists()
    sent = {f"{prefix}title": "A", f"{prefix}file": SimpleUploadedFile("plan.pdf", PDF)}
    editor.post(reverse(address), sent)
    assert Document.objects.exists()


def test_a_file_cannot_be_swapped_for_another_kind(editor):
    upload(editor, "plan.pdf", PDF)
    document = Document.objects.get()
    bad = {"title": "A plan", "file": SimpleUploadedFile("plan.pdf", b"<html>")}
    page = editor.post(reverse("wagtaildocs:edit", args=[document.pk]), bad)
    assert NOT_WHAT_IT_SAYS in page.text


def test_ten_megabytes_are_the_most(editor, settings):
    answer = upload(editor, "plan.pdf", PDF + b" " * settings.WAGTAILDOCS_MAX_UPLOAD_SIZE).json()
    assert not answer["success"]
    assert "too big" in answer["error_message"]


def test_a_document_is_for_those_who_read_the_library(editor, sign_in, sam):
    upload(editor, "plan.pdf", PDF)
    url = Document.objects.get().url
    assert Client().get(url).status_code == 302
    response = sign_in(Client(), sam).get(url)
    assert (response.status_code, b"".join(response)) == (200, PDF)
    response.close()


@pytest.mark.parametrize("kind", [kind for kind in RoleRow.Kind if kind not in ("editor", "link_clinician")])
def test_nobody_but_an_editor_uploads(client, make_reader, empty_library, kind):
    client.force_login(make_reader(kind))
    # Those who review the library know of the editing pages; the others do not.
    refusal = 403 if kind in REVIEWERS else 404
    assert upload(client, "plan.pdf", PDF).status_code == refusal
    assert not Document.objects.exists()


def test_a_picture_that_can_hold_a_script_is_refused(editor):
    file = SimpleUploadedFile("picture.svg", BAD["picture.svg"], "image/svg+xml")
    address = reverse("wagtailimages:add_multiple")
    answer = editor.post(address, {"files[]": file}, headers=BY_SCRIPT)
    assert not answer.json()["success"]


def test_there_is_no_other_door():
    """No table of ours keeps a file. One form reads one: its text travels on in the page, and is dates."""
    found = [
        field for model in apps.get_models() if model._meta.app_label in OURS for field in model._meta.fields
    ]
    assert [field for field in found if isinstance(field, FileField)] == []
    ours = {form for form in every(NhsForm) if not form.__module__.startswith("tests.")}
    assert [form.__name__ for form in ours if has_a_file(form)] == ["TermsUpload"]


def every(kind):
    return {kind} | {deeper for below in kind.__subclasses__() for deeper in every(below)}


def has_a_file(form):
    return any(field.widget.needs_multipart_form for field in getattr(form, "base_fields", {}).values())
