"""Signing in with a second step in a real browser: an app, recovery codes, a passkey."""

import pytest
from allauth.mfa.models import Authenticator

from tests.places import PASSWORD
from tests.signing_in import code_of

NEEDS_DOING = "Nothing to do"


@pytest.fixture
def sam_at_the_door(hand, sam, required):
    """Sam, whose account has a password and nothing else yet."""
    return hand(sam)


def type_password(person, who):
    person.write("E-mail address", who.email)
    person.write("Password", PASSWORD, exact=True)
    with person.page.expect_navigation():
        person.key("Enter")


def set_up_app(person):
    person.follow("Set up an app")
    person.sees()
    secret = person.page.locator(".app-secret").inner_text()
    picture = person.page.locator("img.app-qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    person.write("6-digit code from your app", code_of(secret))
    person.press("Save")
    return secret


def test_an_app_is_set_up_its_codes_shown_once_and_a_code_signs_in(sam_at_the_door, sam, settings):
    person = sam_at_the_door
    assert person.heading() == "Set up a second step"
    person.sees()
    set_up_app(person)

    assert person.heading() == "Keep these recovery codes"
    codes = person.page.locator(".app-codes li").all_inner_texts()
    assert len(set(codes)) == 10
    person.sees()
    person.page.reload()
    assert not any(person.says(code) for code in codes)
    person.page.goto("/")
    assert person.heading() == NEEDS_DOING

    person.press("Sign out")
    type_password(person, sam)
    assert person.heading() == "Enter your code"
    person.sees()
    person.write("6-digit code from your app", "000000")
    person.press("Sign in")
    assert person.says("The code is wrong or too old. Enter a new one")
    person.page.get_by_label("6-digit code from your app").fill(codes[0])
    person.press("Sign in")
    assert person.heading() == NEEDS_DOING

    person.press("Sign out")
    type_password(person, sam)
    # The app's code of this half minute was spent on setting it up: the next half minute's one.
    app = Authenticator.objects.get(user=sam, type="totp")
    settings.MFA_TOTP_TOLERANCE = 1
    person.write("6-digit code from your app", code_of(app_secret(app), 1))
    person.press("Sign in")
    assert person.heading() == NEEDS_DOING
    person.page.goto("/account/ways/")
    assert person.says("You have 9 left")
    person.sees()


def app_secret(app):
    from allauth.mfa.utils import decrypt

    return decrypt(app.data["secret"])


@pytest.fixture
def fingerprint():
    """The part of a computer that asks for a finger and says yes, as the browser's own tools offer it."""

    def attach(person):
        tools = person.context.new_cdp_session(person.page)
        tools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
        added = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return tools, added["authenticatorId"]

    return attach


def test_a_passkey_signs_in_after_the_password_and_without_it(sam_at_the_door, sam, fingerprint):
    person = sam_at_the_door
    tools, key = fingerprint(person)
    person.follow("Set up a passkey")
    person.sees()
    person.page.get_by_label("Name of the passkey").fill("My laptop")
    person.press("Set up a passkey")
    assert person.heading() == "Keep these recovery codes"
    person.follow("I have kept my codes")
    assert person.heading() == NEEDS_DOING

    person.press("Sign out")
    person.sees()
    type_password(person, sam)
    assert person.heading() == "Use your passkey"
    person.sees()
    person.press("Use your passkey")
    assert person.heading() == NEEDS_DOING

    person.press("Sign out")
    person.page.goto("/plans/")
    person.press("Sign in with a passkey")
    assert person.heading() == "Plans"

    person.page.goto("/account/ways/")
    assert person.says("My laptop")
    person.sees()
    person.follow("Remove My laptop")
    person.press("Remove")
    assert person.says("Set up another way first")
    assert Authenticator.objects.filter(user=sam, type="webauthn").count() == 1


def test_a_finger_that_is_not_the_persons_says_so_and_signs_nobody_in(sam_at_the_door, sam, fingerprint):
    person = sam_at_the_door
    tools, key = fingerprint(person)
    person.follow("Set up a passkey")
    person.press("Set up a passkey")
    person.page.goto("/")
    person.press("Sign out")
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    person.page.get_by_role("button", name="Sign in with a passkey").click()
    said = person.page.locator("[data-passkey-said]")
    said.get_by_text("The passkey was not used. Try again, or use another way.").wait_for()
    person.sees()
    person.page.goto("/plans/")
    assert person.heading() == "Sign in"


def test_where_somebody_is_signed_in_can_be_seen_and_ended(hand, sam):
    person = hand(sam)
    other = hand(sam)
    person.follow("Where you are signed in")
    assert person.page.locator("main dt").count() == 2
    person.sees()
    person.press("Sign out everywhere else")
    assert person.says("Signed out in 1 other place.")
    other.page.goto("/plans/")
    assert other.heading() == "Sign in"
