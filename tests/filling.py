"""Fill in the form of a page as a browser would, and read what the page says back."""

from bs4 import BeautifulSoup


def parsed(page):
    return BeautifulSoup(page.content, "html.parser")


def problems(page):
    """What the error summary says, in order. Empty when there is none."""
    return [link.get_text(strip=True) for link in parsed(page).select(".nhsuk-error-summary li")]


def banners(page):
    """What the page says in banners: a button pressed, a save, a refusal."""
    return [
        text.get_text(" ", strip=True) for text in parsed(page).select(".nhsuk-notification-banner__heading")
    ]


def main_text(page):
    return " ".join(parsed(page).main.get_text(" ", strip=True).split())


def side_by_side(page):
    """(saved now, what you typed) of each answer of which both versions are shown, by its question."""
    return {
        box.find_previous("h3").get_text(strip=True): tuple(
            p.get_text(strip=True) for p in box.select(".app-pre-line")
        )
        for box in parsed(page).select(".app-compare")
    }


def as_sent(page):
    """What the browser would send if the page's form were sent as it stands: a dict of lists."""
    found = {}
    form = parsed(page).select_one("main form[method=post]")
    for control in form.select("[name]"):
        value = value_of(control)
        if value is not None:
            found.setdefault(control["name"], []).append(value)
    for button in ("later", "find_more"):
        found.pop(button, None)
    found.pop("csrfmiddlewaretoken", None)
    return found


def value_of(control):
    if control.name == "textarea":
        return control.text.removeprefix("\n")
    if control.name == "select":
        chosen = control.select_one("option[selected]") or control.select_one("option")
        return chosen.get("value", "")
    if control.get("type") in ("radio", "checkbox"):
        return control.get("value", "on") if control.has_attr("checked") else None
    return control.get("value", "")


class OpenForm:
    """A page with a form, open in a tab. `answers` are what a whole and right form would say."""

    def __init__(self, client, url, **answers):
        self.client, self.url, self.answers = client, url, answers
        self.page = client.get(url)

    def whole(self, **changes):
        """The form as opened, filled in, with some answers changed; None leaves one out."""
        data = as_sent(self.page) | self.answers | changes
        return {name: value for name, value in data.items() if value is not None}

    def send(self, **changes):
        return self.client.post(self.url, self.whole(**changes))
