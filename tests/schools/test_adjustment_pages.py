"""Adjustments on screen, and the money settings of the service."""

import pytest
from django.utils import timezone

from schools.models import Adjustment, Service
from schools.reading import waits_for
from schools.services import ask_adjustment
from tests.cast import Kind, give_role, role_of
from tests.filling import OpenForm, banners, main_text, parsed, problems
from tests.places import new_person

SETTINGS = "/money-settings/"


@pytest.fixture
def asked(client, sign_in, ruth, core):
    form = OpenForm(sign_in(client, ruth), f"{core.get_absolute_url()}adjust/")
    form.send(way="take", minutes="90", reason="goodwill")
    return Adjustment.objects.get()


@pytest.fixture
def vera(service, admin_person):
    return give_role(new_person("Vera", "Elsewhere"), Kind.SERVICE_LEAD, service, by=admin_person)


def press(client, adjustment, button):
    return client.post(f"/adjustments/{adjustment.pk}/{button}/")


def test_a_lead_asks(client, asked, core, ruth):
    assert (asked.minutes, asked.asked_by, core.entries.balance()) == (-90, ruth, 3420)
    page = client.get(core.get_absolute_url())
    assert banners(page) == ["Asked for. It changes nothing until somebody else agrees."]
    assert "Take away 1 hour 30 minutes: Quillbrook Primary School. Goodwill." in main_text(page)


@pytest.mark.parametrize("who", ["vera", "hana"])
def test_another_lead_or_an_approver_agrees(request, client, sign_in, asked, core, who):
    sign_in(client, request.getfixturevalue(who))
    response = press(client, asked, "agree")
    assert banners(client.get(response.url))[-1] == "Agreed. The time has changed."
    assert core.entries.balance() == 3330


@pytest.mark.parametrize(("who", "waits"), [("hana", True), ("bo", False), ("sam", False)])
def test_what_waits_for_an_approver_leads_to_its_agreement(request, client, sign_in, asked, core, who, waits):
    page = parsed(sign_in(client, request.getfixturevalue(who)).get("/time/"))
    said = page.find("a", string=f"1 change of the time of agreement {core.reference} to agree or decline")
    assert bool(said) == waits
    assert not said or said["href"] == core.get_absolute_url()


def test_who_asked_is_not_told_that_it_waits_for_them(asked, core, ruth, admin_person):
    give_role(ruth, Kind.BUDGET_HOLDER, core.payer, by=admin_person, is_approver=True)
    assert waits_for(role_of(ruth, Kind.BUDGET_HOLDER)) == []


def test_decided_it_waits_for_nobody(client, asked, sign_in, hana):
    press(sign_in(client, hana), asked, "decline")
    assert waits_for(role_of(hana)) == []


def test_another_lead_reads_it_among_what_waits(client, sign_in, asked, core, vera):
    link = parsed(sign_in(client, vera).get("/money/")).find("a", href=core.get_absolute_url())
    assert link.get_text() == f"an adjustment of {core.payer.school}, {core.reference}"


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_costs_an_approver_two_questions(
    asked, core, ruth, hana, quillbrook, django_assert_num_queries, count
):
    for _ in range(count - 1):
        said = {"partnership": quillbrook, "minutes": 5, "reason": "goodwill"}
        ask_adjustment(core, **said, by=ruth, at=timezone.now())
    role = role_of(hana)
    with django_assert_num_queries(2):
        [(words, _)] = waits_for(role)
    assert words.startswith(f"{count} change")


def test_declined_nothing_changes(client, sign_in, asked, core, vera):
    press(sign_in(client, vera), asked, "decline")
    assert core.entries.balance() == 3420
    assert "Declined by Vera Elsewhere" in main_text(client.get(core.get_absolute_url()))


@pytest.mark.parametrize(
    ("who", "code"),
    [("ruth", 403), ("bo", 403), ("sam", 404), ("priya", 404), ("noor", 404), ("kit", 404), ("ada", 404)],
)
@pytest.mark.parametrize("button", ["agree", "decline"])
def test_nobody_else_decides(request, client, sign_in, asked, core, who, code, button):
    sign_in(client, request.getfixturevalue(who))
    assert press(client, asked, button).status_code == code
    assert core.entries.balance() == 3420
    assert Adjustment.objects.get().decided_at is None


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"minutes": "0"}, "Minutes must be between 1 and 100000"),
        ({"minutes": "9" * 30}, "Minutes must be between 1 and 100000"),
        ({"minutes": "1.5"}, "Minutes must be a whole number"),
        ({"reason": "because\0"}, "Select the reason"),
        ({"way": ""}, "Select what to do"),
        ({"partnership": "other"}, "Select the school"),
    ],
)
def test_bad_input_asks_for_nothing(client, sign_in, ruth, core, another_school, answers, message):
    if "partnership" in answers:
        answers = {"partnership": str(another_school.pk)}
    form = OpenForm(sign_in(client, ruth), f"{core.get_absolute_url()}adjust/")
    page = form.send(**{"way": "add", "minutes": "90", "reason": "goodwill"} | answers)
    assert problems(page) == [message]
    assert not Adjustment.objects.exists()


def test_the_settings_are_kept_with_who(client, sign_in, ruth, service):
    form = OpenForm(sign_in(client, ruth), SETTINGS)
    said = {"address": "1 Mill Lane\nQuill", "ods_code": "RX1", "payment_days": "14", "vat_words": "Exempt."}
    response = form.send(**said)
    assert banners(client.get(response.url)) == ["Saved."]
    service.refresh_from_db()
    assert [service.address, service.ods_code, service.payment_days, service.vat_words] == [
        *("1 Mill Lane\nQuill", "RX1", 14, "Exempt."),
    ]
    assert str(service.history.first().history_user) == "Ruth Calloway"


def test_stale_settings_are_not_saved(client, sign_in, ruth, service):
    sign_in(client, ruth)
    one, two = OpenForm(client, SETTINGS), OpenForm(client, SETTINGS)
    one.send(ods_code="RX1")
    assert "This changed while you had the page open" in problems(two.send(ods_code="RX2"))[0]
    assert Service.objects.get(pk=service.pk).ods_code == "RX1"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"payment_days": "0"}, "Days to pay an invoice must be between 1 and 120"),
        ({"payment_days": "9" * 30}, "Days to pay an invoice must be between 1 and 120"),
        ({"how_to_pay": "x" * 100_000}, "How to pay must be 500 characters or fewer. You have used 100,000"),
        ({"ods_code": "x" * 11}, "ODS code must be 10 characters or fewer. You have used 11"),
    ],
)
def test_bad_settings_are_refused(client, sign_in, ruth, answers, message):
    assert problems(OpenForm(sign_in(client, ruth), SETTINGS).send(**answers)) == [message]


def test_markup_and_nul_in_the_settings_are_text(client, sign_in, ruth, service):
    OpenForm(sign_in(client, ruth), SETTINGS).send(contact="<script>x</script>\0")
    service.refresh_from_db()
    assert service.contact == "<script>x</script>"
    assert "<script>x" not in client.get(SETTINGS).text
