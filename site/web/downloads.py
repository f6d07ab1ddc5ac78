from django.http import HttpResponse


def as_download(content, name):
    """A PDF that the browser saves as a file of this name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
