"""A case that is closed, or went on by name or at another school: what is written to it, and what is not."""

from inspect import isfunction, signature

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from consultations import services
from consultations.models import Case, Purpose
from consultations.services import promote_case
from tests.consents import refuse
from tests.filling import as_sent, banners, main_text, problems
from tests.records import named_child, no_names_child

from .given import COLUMNS, opened

SHUT = "is closed. Open it again on its page first"
ELSEWHERE = "This child changed school. The case goes on there"
BY_NAME = "This record goes on by name already, as C-"
ENDED = "This plan has ended"
NOT_RUNNING = "not ended"
NO_MEETING = "on the newest plan that was sent"
NAMELESS = "holds no name"
WRITTEN = None
NEVER_HELD = "a case without a name has none"
TOLD_BEFORE = "no child changes school before it is told"
# By the name of the service: what it says of a case that is closed, of one that went on at another school,
# and of one that went on by name.
SAID = {
    "record_consultation": (SHUT, ELSEWHERE, BY_NAME),
    "change_consultation": (SHUT, ELSEWHERE, BY_NAME),
    "begin_plan": (SHUT, ELSEWHERE, BY_NAME),
    "make_referral": (SHUT, ELSEWHERE, BY_NAME),
    "move_stage": ("can only be opened again in school", ELSEWHERE, BY_NAME),
    "move_case": (
        "This case is closed. Open it again",
        "went on at another school already",
        "Only a case about",
    ),
    "rewrite_draft": (ENDED, ENDED, ENDED),
    "send_plan": (ENDED, ENDED, ENDED),
    "discard_version": (ENDED, ENDED, ENDED),
    "change_plan": (ENDED, ENDED, ENDED),
    "agree_plan": (ENDED, ENDED, ENDED),
    "ask_for_change": (ENDED, ENDED, ENDED),
    "take_back_plan": (ENDED, ENDED, ENDED),
    "change_from_school": (NOT_RUNNING, NOT_RUNNING, NOT_RUNNING),
    "review_plan": (NOT_RUNNING, NOT_RUNNING, NOT_RUNNING),
    "record_meeting": (SHUT, NO_MEETING, NO_MEETING),
    "give_plan_to_reader": (ENDED, ENDED, ENDED),
    "check_in": ("it has ended", "it has ended", "it has ended"),
    # What is said of what was done before it closed.
    "update_referral": (WRITTEN, WRITTEN, NEVER_HELD),
    "share_consultation": (WRITTEN, ELSEWHERE, BY_NAME),
    "share_plan_again": (WRITTEN, ELSEWHERE, BY_NAME),
    "record_consent": (WRITTEN, ELSEWHERE, NAMELESS),
    "assess_competence": (WRITTEN, ELSEWHERE, NAMELESS),
    # What protects the child, and what is handed out of what is there.
    "withdraw_consent": (WRITTEN, WRITTEN, NEVER_HELD),
    "recall_share": (WRITTEN, WRITTEN, WRITTEN),
    "record_telling": (WRITTEN, TOLD_BEFORE, WRITTEN),
    "take_plan_from_reader": (WRITTEN, WRITTEN, WRITTEN),
    "hand_to_parents": (WRITTEN, WRITTEN, WRITTEN),
    "hand_out": (WRITTEN, WRITTEN, WRITTEN),
    # What was done is in the trust's record or is not, whatever becomes of the case.
    "mark_as_copied": (WRITTEN, WRITTEN, NEVER_HELD),
    "undo_copied": (WRITTEN, WRITTEN, NEVER_HELD),
}
# Of a case without a name, which has a test of its own; of a case yet to open; of a matter that was told; of
# no case; and what is only called by those above.
BESIDES = {
    *("promote_case", "open_case", "set_plan_rules", "set_school_rules", "finish_visit", "keep_draft"),
    *("discard_draft", "pass_drafts_on", "acknowledge_telling", "change_school_reference", "share_version"),
    *("seal_history", "leave_stub", "cancel_visit", "change_visit_time"),
    *("ask_to_discuss", "move_request_up", "move_request_down", "withdraw_request", "close_as_phoned"),
    *("take_up_request", "draft_saved_at"),
}


def test_every_service_that_writes_is_here():
    exported = {name: getattr(services, name) for name in services.__all__}
    writing = {
        name for name, one in exported.items() if isfunction(one) and "by" in signature(one).parameters
    }
    assert writing - BESIDES == set(SAID)


HOW = {"shut": "plan", "gone": "plan", "named": "nameless"}


@pytest.mark.parametrize(
    ("name", "how", "said"),
    [
        pytest.param(name, how, said, id=f"{name}-{how}")
        for name, row in SAID.items()
        for how, said in zip(HOW, row, strict=True)
        if said not in (NEVER_HELD, TOLD_BEFORE)
    ],
)
def test_what_a_closed_case_takes(request, acts, write_next, make_consultation, name, how, said):
    plan = request.getfixturevalue(HOW[how])
    if name == "record_telling":
        make_consultation(about=plan.case, risk="to_tell")
    if name in ("rewrite_draft", "send_plan", "discard_version"):
        write_next(plan, sent=False)
    if name in ("agree_plan", "ask_for_change", "take_back_plan"):
        write_next(plan, sent=True)
    request.getfixturevalue(how)(plan)
    plan.refresh_from_db()
    if said is WRITTEN:
        assert acts[name](plan)
        return
    with pytest.raises(ValidationError, match=said):
        acts[name](plan)


def test_a_no_is_written_down_whatever_became_of_the_case(plan, gone, priya):
    gone(plan)
    assert refuse(plan.case, Purpose.OBSERVE, by=priya)


def test_a_case_without_a_name_that_is_closed_is_not_gone_on_with_by_name(make_consultation, priya, today):
    case = make_consultation(about=no_names_child()).case
    step = {"moved_on": today, "reason": "All is well", "decided_by": "Us"}
    services.move_stage(case, "closed", **step, **opened(case, priya))
    with pytest.raises(ValidationError, match=SHUT):
        promote_case(case, named_child(), by=priya, on=today)
    assert not Case.objects.filter(promoted_from=case).exists()


def test_what_was_written_without_a_name_stays_once_it_goes_on_by_name(
    client, sign_in, make_consultation, change, priya, today
):
    talk = make_consultation(about=no_names_child())
    promote_case(talk.case, named_child(), by=priya, on=today)
    with pytest.raises(ValidationError, match="goes on by name already"):
        change(talk, agreed="Written again", **COLUMNS)
    answered = sign_in(client, priya).get(f"{talk.get_absolute_url()}edit/")
    assert "goes on by name already" in banners(client.get(answered.url))[0]


def test_the_page_to_change_a_consultation_leads_back_and_is_not_offered(client, sign_in, priya, plan, shut):
    shut(plan)
    talk = plan.consultation
    sign_in(client, priya)
    address = f"{talk.get_absolute_url()}edit/"
    assert "Change this consultation" not in main_text(client.get(talk.get_absolute_url()))
    answered = client.get(address)
    assert answered.url == talk.get_absolute_url()
    assert banners(client.get(answered.url)) == [
        f"Case {plan.case.reference} is closed. Open it again on its page first."
    ]


def test_a_case_that_goes_on_by_name_is_neither_moved_nor_shared_any_more(
    client, sign_in, nameless, named, priya, sam
):
    talk, case = nameless.consultation, nameless.case
    sign_in(client, priya)
    assert "Share with the school" in main_text(client.get(talk.get_absolute_url()))
    named(nameless)
    assert "Share with the school" not in main_text(client.get(talk.get_absolute_url()))
    pages = {
        reverse("consultations:case-stage", args=[case.reference]): case,
        reverse("consultations:consultation-share", args=[talk.reference]): talk,
        reverse("consultations:meeting-add", args=[nameless.reference]): nameless,
    }
    for page, back in pages.items():
        answered = client.get(page)
        assert answered.url == back.get_absolute_url()
        said = "on the newest plan that was sent" if back == nameless else "goes on by name already, as C-"
        assert said in banners(client.get(answered.url))[0]
    for person in (priya, sam):
        shown = main_text(sign_in(client, person).get(case.get_absolute_url()))
        assert "Record a meeting" not in shown


def test_a_case_at_another_school_is_neither_moved_nor_shared_any_more(client, sign_in, plan, gone, priya):
    gone(plan)
    talk = plan.consultation
    sign_in(client, priya)
    assert "Share with the school" not in main_text(client.get(talk.get_absolute_url()))
    for page, back in (("case-stage", plan.case), ("consultation-share", talk)):
        answered = client.get(reverse(f"consultations:{page}", args=[back.reference]))
        assert answered.url == back.get_absolute_url()
        assert f"{ELSEWHERE}." in banners(client.get(answered.url))


def test_what_was_typed_is_kept_when_it_closed_meanwhile(tab, priya, plan, gone, calendar):
    talk = plan.consultation
    form = tab(priya, f"{talk.get_absolute_url()}edit/", reason="A slip", agreed="Typed before it moved")
    gone(plan)
    page = form.send()
    assert f"{ELSEWHERE}." in problems(page)
    assert as_sent(page)["agreed"] == ["Typed before it moved"]
    talk.refresh_from_db()
    assert talk.agreed != "Typed before it moved"
