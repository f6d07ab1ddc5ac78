import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from web.errors import csrf_failure, resend_fields

TYPED = {"agreed": '"><script>1</script>\nline 2', "people": ["sam", "tess"], "password1": "s3cret"}
TOKEN = {"csrfmiddlewaretoken": "stale"}
urlpatterns = [path("talk/", lambda request: HttpResponse(request.POST["agreed"]))]


def post(origin, data=TYPED | TOKEN):
    headers = {"Origin": origin} if origin else {}
    return RequestFactory().post("/talk/?step=2", data, headers=headers)


def test_a_form_of_our_own_can_be_sent_again_with_all_that_was_typed(soup):
    response = csrf_failure(post("http://testserver"))
    form = soup(response.content).main.form
    assert response.status_code == 403
    assert form["action"] == "/talk/?step=2"
    fields = [(tag["name"], tag["value"]) for tag in form("input")]
    assert fields[1:] == [("agreed", TYPED["agreed"]), ("people", "sam"), ("people", "tess")]
    assert fields[0][0] == "csrfmiddlewaretoken"
    assert fields[0][1] != "stale"
    assert form.button.text.strip() == "Send it again"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://testserver", "http://testserver:8000", "null", None]
)
def test_what_another_site_sent_is_not_offered_again(soup, origin):
    response = csrf_failure(post(origin))
    main = soup(response.content).main
    assert response.status_code == 403
    assert main.h1.text == "This page was open too long"
    assert main.form is None
    assert "line 2" not in main.text


def test_a_password_does_not_travel_back_and_the_page_is_not_kept():
    response = csrf_failure(post("http://testserver"))
    assert "s3cret" not in response.text
    assert "no-store" in response["Cache-Control"]
    assert dict(resend_fields(post(None))).keys() == {"agreed", "people"}


@override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    CSRF_FAILURE_VIEW="web.errors.csrf_failure",
)
def test_sending_it_again_with_the_fresh_token_arrives(soup):
    client = Client(enforce_csrf_checks=True)
    stopped = client.post("/talk/", TYPED | TOKEN, headers={"Origin": "http://testserver"})
    fields = [(tag["name"], tag["value"]) for tag in soup(stopped.content).main.form("input")]
    arrived = client.post("/talk/", dict(fields), headers={"Origin": "http://testserver"})
    assert (arrived.status_code, arrived.text) == (200, TYPED["agreed"])
