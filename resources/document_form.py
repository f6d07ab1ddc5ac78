"""The one door for uploads: documents of the library. Allowed endings and the size limit are settings."""

import zipfile

import filetype
from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm

# Office files are zip archives; what they are says a file inside.
OFFICE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
}
MACROS = "vbaProject.bin"
NOT_WHAT_IT_SAYS = "This file is not what its name says. Save it again from the program that made it"


class CheckedDocumentForm(BaseDocumentForm):
    """A name can say anything, so the content is looked at as well."""

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            ending = file.name.rpartition(".")[2].lower()
            if not looks_like(ending, file):
                raise ValidationError(NOT_WHAT_IT_SAYS)
            file.seek(0)
        return file


def looks_like(ending, file):
    """An ending that is not allowed at all is the model's to refuse."""
    file.seek(0)
    start = file.read(8192)
    if ending == "pdf":
        return start.startswith(b"%PDF-")
    if ending == "txt":
        return b"\0" not in start and filetype.guess(start) is None
    return ending not in OFFICE or holds(file, OFFICE[ending])


def holds(file, part):
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    return part in names and not any(name.endswith(MACROS) for name in names)
