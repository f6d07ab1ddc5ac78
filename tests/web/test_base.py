import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from .sink import Sink, steps

ACCOUNT = {
    "name": "Priya Shah",
    "role": "Clinician",
    "switch_url": "/role/",
    "signout_url": "/out/",
}
NAVIGATION = [
    {"text": "Today", "href": "/", "current": True},
    {"text": "Plans", "href": "/plans/", "current": False},
]


@pytest.fixture
def page(soup):
    def render(template="web/form.html", **context):
        context.setdefault("request", RequestFactory().get("/"))
        return soup(render_to_string(template, {"page_title": "Log", "section": "Visits", **context}))

    return render


def test_the_page_names_its_language_its_title_and_one_heading(page):
    html = page()
    assert html.html["lang"] == "en-GB"
    assert html.title.text.strip() == "Log – Visits – Fortnight"
    assert [heading.text for heading in html("h1")] == ["Log"]


@pytest.mark.parametrize(
    "wrong", [{"form": Sink({})}, {"formset": steps("")}, {"formsets": [steps("")]}, {"errors": True}]
)
def test_the_title_says_when_there_are_errors(page, wrong):
    assert page(**wrong).title.text.strip() == "Error: Log – Visits – Fortnight"


def test_the_error_summary_is_the_first_thing_in_main_and_there_is_one(page):
    html = page(form=Sink({}), formset=steps(""))
    first = html.main.find(True)
    assert first["class"] == ["nhsuk-error-summary"]
    assert len(html(class_="nhsuk-error-summary")) == 1
    ids = {tag["id"] for tag in html(id=True)}
    assert all(link["href"].removeprefix("#") in ids for link in first("a"))


def test_the_skip_link_goes_to_main(page):
    html = page()
    assert html.find(class_="nhsuk-skip-link")["href"] == f"#{html.main['id']}"


def test_the_header_names_the_service_in_text_without_the_nhs_logo(page):
    header = page(account=ACCOUNT, navigation=NAVIGATION).header
    assert header.find(class_="nhsuk-header__service-name").text == "Fortnight"
    assert not header("svg")


def test_the_header_shows_who_in_which_role_and_the_way_out_is_a_post(page):
    account = page(account=ACCOUNT, csrf_token="token").find("nav", attrs={"aria-label": "Account"})
    assert account.li.text.strip() == "Priya Shah, Clinician"
    assert [link["href"] for link in account("a")] == ["/role/"]
    assert (account.form["action"], account.form["method"]) == ("/out/", "post")
    assert account.find(attrs={"name": "csrfmiddlewaretoken"})["value"] == "token"


def test_somebody_with_one_role_is_not_offered_another_and_a_stranger_has_no_account(page):
    assert "Change role" not in page(account={**ACCOUNT, "switch_url": None}).text
    assert page().find("nav", attrs={"aria-label": "Account"}) is None


def test_the_navigation_marks_where_you_are(page):
    links = page(navigation=NAVIGATION).find("nav", attrs={"aria-label": "Menu"})("a")
    assert [(link.text, link["href"], link.get("aria-current")) for link in links] == [
        ("Today", "/", "page"),
        ("Plans", "/plans/", None),
    ]


def test_a_page_that_lies_under_one_of_the_navigation_is_not_that_page(page):
    navigation = [{"text": "Plans", "href": "/plans/", "current": True}]
    links = page(navigation=navigation, request=RequestFactory().get("/plans/PLA-1/")).find_all("a")
    assert [(link.text, link["aria-current"]) for link in links if link.get("aria-current")] == [
        ("Plans", "true")
    ]


def test_a_header_shows_this_page_s_words_and_none_of_the_page_before(page):
    page(account=ACCOUNT, csrf_token="of-priya", navigation=NAVIGATION)
    header = page(account={**ACCOUNT, "name": "Owen & Co <b>"}, csrf_token="of-owen").header
    assert header.find("nav").li.text == "Owen & Co <b>, Clinician"
    assert header.find(attrs={"name": "csrfmiddlewaretoken"})["value"] == "of-owen"
    assert "Priya" not in str(header)
    assert "Menu" not in str(header)


@pytest.mark.parametrize(("account", "asks"), [(ACCOUNT, True), (None, False)])
def test_a_page_without_a_button_asks_for_no_token(account, asks):
    request = RequestFactory().get("/")
    render_to_string("web/base.html", {"account": account, "navigation": NAVIGATION}, request)
    assert ("CSRF_COOKIE" in request.META) is asks


def test_messages_are_banners_and_there_is_a_quiet_place_for_news(page):
    messages = [Message(constants.SUCCESS, "Saved <b>"), Message(constants.WARNING, "Careful")]
    html = page(messages=messages)
    banners = html(class_="nhsuk-notification-banner")
    assert [" ".join(banner.text.split()) for banner in banners] == ["Success Saved <b>", "Important Careful"]
    assert "nhsuk-notification-banner--success" in banners[0]["class"]
    assert banners[0]["aria-labelledby"] != banners[1]["aria-labelledby"]
    assert html.find(id="app-status")["role"] == "status"


def test_no_page_has_a_script_or_style_in_it_or_fetches_from_elsewhere(page):
    html = page(form=Sink({}), account=ACCOUNT, navigation=NAVIGATION)
    assert all(script["src"].startswith("/static/") and not script.text for script in html("script"))
    assert all(link["href"].startswith("/static/") for link in html("link"))
    assert not html("style")
    assert not html(lambda tag: [name for name in tag.attrs if name == "style" or name.startswith("on")])


def test_a_form_page_posts_with_its_token_its_buttons_and_its_autosave(page):
    html = page(
        form=Sink(),
        csrf_token="token",
        submit_label="Save as finished",
        buttons=[{"text": "Save as a draft", "name": "draft", "value": "1"}],
        cancel_url="/cancel/",
        back_url="/back/",
        autosave_url="/drafts/1/",
    )
    form = html.main.form
    assert (form["method"], form["enctype"], form["data-autosave"]) == (
        "post",
        "multipart/form-data",
        "/drafts/1/",
    )
    assert [button.text.strip() for button in form("button")][-2:] == ["Save as finished", "Save as a draft"]
    assert len(form(attrs={"name": "csrfmiddlewaretoken"})) == 1
    assert form.find(attrs={"data-autosave-status": True})["role"] == "status"
    assert html.find(class_="nhsuk-back-link")["href"] == "/back/"


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_pages_for_when_all_else_fails_need_nothing(soup, name):
    html = soup(render_to_string(name))
    assert len(html("h1")) == 1
    assert not html("script")


def test_a_missing_page_does_not_say_if_the_record_exists(page):
    text = page("404.html").main.text
    assert "The record may not exist, or it may not be yours to see." in text


def test_a_forbidden_page_says_what_why_and_who_to_ask(page):
    own = page("403.html", exception="Only the clinician of this plan can finish it.").main.text
    plain = page("403.html", account=ACCOUNT).main.text
    assert "Only the clinician of this plan can finish it." in own
    assert "is not part of your work as Clinician" in " ".join(plain.split())
    assert "Who to ask" in plain
