"""Hand a paper out as a browser would: open its page, and press the button below it."""

from tests.filling import as_sent, parsed


def form_of(page):
    """(where it is sent, what is sent) of the page that shows a paper."""
    form = parsed(page).select_one("main form[method=post]")
    return form.get("action") or page.request["PATH_INFO"], as_sent(page)


def hand_out_as_read(client, url, data=None, **more):
    address, fields = form_of(client.get(url, data))
    return client.post(address, fields, **more)
