"""From the lane without names to the one by name: a new case, and not one letter of the older one changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import TrackedModel
from consultations.models import Case, Consultation, Purpose
from consultations.services import open_case, promote_case
from tests.consents import newest, withdraw
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.records import named_child, no_names_child, whole_class

from .conftest import date_boxes


@pytest.fixture
def case(make_consultation, make_plan, make_review, sam):
    """A child without a name, with all that a case can hold."""
    note = {"clinical_note": "Seen twice", "tried": [("A chart", "partly")], "risk": "to_tell"}
    plan = make_plan("agreed", consultation=make_consultation(about=no_names_child(), **note))
    make_review(plan, note="Mondays are hard.")
    return plan.case


@pytest.fixture
def naming(tab, priya, case, today):
    url = reverse("consultations:case-name", args=[case.reference])
    said = {"first_name": "Ottilie", "last_name": "Farrant", "consent_by": "parent", "consent_how": "phone"}
    return tab(priya, url, **said, **date_boxes("consent_on", today))


def tree_of(case):
    """Every row that belongs to a case, through any number of tables, with its history: values decrypted."""
    found, waiting = {}, [case]
    while waiting:
        row = waiting.pop()
        key = (row._meta.label, row.pk)
        if key in found:
            continue
        found[key] = values_of(row)
        if isinstance(row, TrackedModel):
            found[(*key, "history")] = [values_of(old) for old in row.history.order_by("history_id")]
        waiting += children_of(row)
    return found


def values_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def children_of(row):
    """Rows of any table of ours that point at this one, but for the case that goes on from it."""
    for model in apps.get_app_config("consultations").get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is type(row) and field.name != "promoted_from":
                yield from model._base_manager.filter(**{field.name: row.pk})


def test_the_older_rows_are_the_same_to_the_letter_but_for_the_plan_that_stops(case, priya, today):
    before = tree_of(Case.objects.get(pk=case.pk))
    kinds = {key[0].removeprefix("consultations.") for key in before}
    assert kinds >= {"Case", "Consultation", "ClinicalNote", "Plan", "PlanVersion", "Goal", "Step", "Review"}
    assert kinds >= {"SafeguardingMatter", "Tried", "Share", "HistoricalClinicalNote"}
    new = promote_case(case, named_child(), by=priya, on=today)
    after, plan = tree_of(Case.objects.get(pk=case.pk)), case.plans.get()
    # The plan, and the chain that its new version lengthens.
    grew = {"consultations.Plan", "consultations.CaseChain"}
    others = [key for key in before if key[0] not in grew]
    assert {key: after[key] for key in others} == {key: before[key] for key in others}
    assert (plan.ending, plan.ended_on, plan.review_on) == ("stopped", today, None)
    assert plan.history.latest().history_change_reason == "Goes on by name"
    assert (new.pk != case.pk, new.promoted_from, new.opened_on, new.full_name) == (
        True,
        case,
        today,
        "Robin Underhay",
    )
    assert set(new.consents.values_list("purpose", flat=True)) == {"discuss_by_name", "share_plan"}


def test_the_new_case_says_where_it_comes_from(case, priya, today):
    new = promote_case(case, named_child(), by=priya, on=today)
    assert new.history.get().history_change_reason == f"Goes on from {case.reference}"


def test_the_pages_to_move_it_and_to_plan_are_not_offered(client, sign_in, case, priya, today):
    sign_in(client, priya)
    assert "Move to another stage" in main_text(client.get(case.get_absolute_url()))
    new = promote_case(case, named_child(), by=priya, on=today)
    page = main_text(client.get(case.get_absolute_url()))
    assert "Move to another stage" not in page
    assert "Begin the next cycle" not in page
    answer = client.get(reverse("consultations:case-plan", args=[case.reference]))
    assert answer.url == case.get_absolute_url()
    assert banners(client.get(answer.url)) == [f"This record goes on by name already, as {new.reference}."]


def test_it_is_done_once(case, priya, today):
    new = promote_case(case, named_child(), by=priya, on=today)
    with pytest.raises(ValidationError, match=f"goes on by name already, as {new.reference}"):
        promote_case(case, named_child(first_name="Ivy"), by=priya, on=today)
    again = Case.objects.exclude(pk=new.pk).get()
    other = Case(
        partnership=case.partnership,
        lane="named",
        subject="child",
        first_name="Ivy",
        opened_on=today,
        reference="C-2222-222",
        promoted_from=again,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


@pytest.mark.parametrize("about", [whole_class(), named_child()])
def test_only_one_child_without_a_name_goes_on_by_name(quillbrook, priya, today, about):
    case = open_case(quillbrook, about, by=priya, on=today)
    with pytest.raises(ValidationError, match="Only a record about one child without a name"):
        promote_case(case, named_child(), by=priya, on=today)


@pytest.mark.parametrize("new", [named_child(consent=None), no_names_child()])
def test_without_a_name_or_without_consent_nothing_is_opened(case, priya, today, new):
    with pytest.raises(ValidationError):
        promote_case(case, new, by=priya, on=today)
    assert Case.objects.count() == 1


def test_the_form_opens_the_new_case_and_both_pages_lead_to_each_other(naming, case):
    old = naming.client.get(case.get_absolute_url())
    assert "Record the child's name" in main_text(old)
    response = naming.send(consent_share="on")
    new = Case.objects.get(lane="named")
    assert response.url == new.get_absolute_url()
    page = naming.client.get(response.url)
    assert banners(page) == [f"{new.reference} is open. {case.reference} stays as it was."]
    assert f"Goes on from {case.reference}" in main_text(page)
    assert (new.full_name, new.year_group) == ("Ottilie Farrant", 4)
    old = naming.client.get(case.get_absolute_url())
    assert f"Goes on by name as {new.reference}" in main_text(old)
    assert "Record the child's name" not in old.text


def test_the_school_does_not_learn_the_name_from_the_older_case(
    client, sign_in, sam, priya, case, today, make_plan
):
    new = promote_case(case, named_child(first_name="Ottilie"), by=priya, on=today)
    page = sign_in(client, sam).get(case.get_absolute_url())
    assert page.status_code == 200
    for word in ("Ottilie", "Goes on", new.reference):
        assert word not in page.text
    make_plan("sent", case=new)
    assert f"Goes on by name as {new.reference}" in main_text(client.get(case.get_absolute_url()))


def test_pressed_twice_it_is_one_case_and_opened_again_it_leads_there(naming, case):
    whole = naming.whole()
    first, second = (naming.client.post(naming.url, whole) for _ in range(2))
    assert first.url == second.url
    new = Case.objects.get(lane="named")
    response = naming.client.get(naming.url)
    assert response.url == new.get_absolute_url()
    again = naming.client.post(naming.url, naming.answers | {"child_year": "4"})
    assert problems(again) == [f"This record goes on by name already, as {new.reference}."]
    assert as_sent(again)["first_name"] == ["Ottilie"]
    assert Case.objects.count() == 2


def test_a_case_by_name_leads_to_itself(client, sign_in, priya, make_consultation):
    case = make_consultation().case
    url = reverse("consultations:case-name", args=[case.reference])
    assert sign_in(client, priya).get(url).url == case.get_absolute_url()


def test_the_form_asks_what_logging_a_new_child_asks(naming):
    parts = ["first_name", "last_name", "child_year", "consent_by", "consent_how"]
    assert problems(naming.send(**dict.fromkeys(parts))) == [
        "Enter the child's first name",
        "Enter the child's last name",
        "Select the year group",
        "Select who agreed that we may talk about this child by name",
    ]
    page = naming.send(first_name="x" * 100_000, last_name="\0")
    assert problems(page) == [
        "The child's first name must be 60 characters or fewer. You have used 100,000",
        "Enter the child's last name",
    ]


def test_the_new_case_can_be_logged_on_and_the_older_one_is_no_longer_offered(
    client, sign_in, priya, case, visit, today
):
    new = promote_case(case, named_child(), by=priya, on=today)
    url = reverse("consultations:consultation-add", args=[visit.reference])
    offered = {control["value"] for control in parsed(sign_in(client, priya).get(url)).select("[name=child]")}
    assert offered == {str(new.pk), "new", "no_name"}
    page = client.get(f"{url}?case={new.reference}")
    assert as_sent(page)["child"] == [str(new.pk)]
    assert "Log a consultation" in client.get(new.get_absolute_url()).text


def test_without_consent_the_child_is_not_offered_and_the_page_says_why(
    logging, make_consultation, priya, client, today
):
    case = make_consultation(about=named_child(first_name="Ottilie")).case
    withdraw(case, Purpose.DISCUSS_BY_NAME, by=priya)
    page = client.get(logging.url)
    assert str(case.pk) not in {control["value"] for control in parsed(page).select("[name=child]")}
    assert "Ottilie Underhay, Year 4: Withdrawn on" in main_text(page)
    assert reverse("consultations:consent", args=[case.reference]) in page.text
    sent = logging.send(child=str(case.pk), first_name=None, last_name=None)
    assert problems(sent) == [
        "No consent to talk about this child by name is in force. "
        "Record an answer first, or choose not to record a name"
    ]
    assert as_sent(sent)["concern"] == ["Robin cries at the gate."]
    about = main_text(client.get(case.get_absolute_url()))
    assert "New consultations by name cannot be logged." in about
    assert "Log a consultation" not in about
    assert Consultation.objects.count() == 1


# A child under 16 who agreed, on C3


def test_under_16_the_five_and_the_conclusion_are_asked_where_the_answer_is(logging):
    page = logging.send(consent_by="young_person", able=["can_weigh", "understands_concern"])
    assert problems(page) == [
        "Under 16 all five are needed, or a parent's answer. Not ticked: "
        "understands what will be shared with whom; understands consequences and alternatives; "
        "is free of pressure"
    ]
    assert as_sent(page)["able"] == ["understands_concern", "can_weigh"]
    five = [control["value"] for control in parsed(page).select("[name=able]")]
    page = logging.send(consent_by="young_person", able=five, consent_share="on")
    assert problems(page) == [
        "Tick that you conclude this, or ask a parent or carer",
        "Under 16 each decision is recorded by itself. Clear this box, and record the answer about "
        "sharing the plan on the case's consent page",
    ]
    assert not Case.objects.exists()
    said = {"consent_by": "young_person", "able": five, "able_concluded": "on", "able_notes": "Said it back"}
    assert logging.send(**said).status_code == 302
    consent = newest(Case.objects.get(), Purpose.DISCUSS_BY_NAME)
    assert (consent.given_by, consent.competence.conclusion, consent.competence.notes) == (
        "young_person",
        "competent",
        "Said it back",
    )


def test_at_16_the_five_are_not_asked(logging):
    assert logging.send(consent_by="young_person", child_year="12", consent_share="on").status_code == 302
    case = Case.objects.get()
    assert (case.consents.count(), case.competences.count()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_open_one_case(quillbrook, priya, today):
    case = open_case(quillbrook, no_names_child(), by=priya, on=today)

    def press(name):
        try:
            return promote_case(case, named_child(first_name=name), by=priya, on=today)
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(press, ["Robin", "Ivy"]))
    new = Case.objects.get(promoted_from=case)
    assert sorted(map(type, found), key=str) == sorted([Case, str], key=str)
    assert f"This record goes on by name already, as {new.reference}." in found


def test_what_is_said_from_now_on_belongs_to_the_case_by_name(
    client, sign_in, make_consultation, case, priya, today
):
    new = promote_case(case, named_child(), by=priya, on=today)
    with pytest.raises(ValidationError, match=f"goes on by name already, as {new.reference}"):
        make_consultation(about=case)
    page = sign_in(client, priya).get(log_page(case), {"case": case.reference})
    assert case.reference not in main_text(page)
    make_consultation(about=new)


def log_page(case):
    visit = case.consultations.first().visit
    return reverse("consultations:consultation-add", args=[visit.reference])
