"""A case that is closed, or went on by name or at another school: what is written to it, and what is not."""

from inspect import isfunction, signature

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultations import services
from consultations.models import Case, Purpose, Referral, SafeguardingMatter
from consultations.services import NewConsent, NewPaper, promote_case
from tests.consents import answer, assess, refuse, withdraw
from tests.filling import as_sent, banners, main_text, problems
from tests.plans import as_it_is_now, newest
from tests.records import named_child, no_names_child

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
}
# Of a case without a name, which has a test of its own; of a case yet to open; of a matter that was told; of
# no case; and what is only called by those above.
BESIDES = {
    *("promote_case", "open_case", "set_plan_rules", "set_school_rules", "finish_visit", "keep_draft"),
    *("discard_draft", "pass_drafts_on", "acknowledge_telling", "change_school_reference", "share_version"),
    *("seal_history", "leave_stub", "cancel_visit", "change_visit_time"),
}


def test_every_service_that_writes_is_here():
    exported = {name: getattr(services, name) for name in services.__all__}
    writing = {
        name for name, one in exported.items() if isfunction(one) and "by" in signature(one).parameters
    }
    assert writing - BESIDES == set(SAID)


@pytest.fixture
def plan(make_plan, make_consultation, make_review, priya, sam, tess, today):
    """A plan in force that Tess carries out, of a case with a referral that nobody has answered."""
    plan = make_plan("agreed", consultation=make_consultation(next_step="start_plan"))
    services.give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    answer(plan.case, Purpose.REFER_ON, by=priya)
    said = {"to": "A team", "feedback": "They were asked.", "longer_term": False, "by": priya}
    services.make_referral(plan.case, made_on=today, due_on=today, at=timezone.now(), **said)
    return plan


@pytest.fixture
def nameless(make_plan, make_consultation, sam, tess):
    """A plan in force that Tess carries out, about a child without a name."""
    talk = make_consultation(about=no_names_child(), next_step="start_plan")
    plan = make_plan("agreed", consultation=talk)
    services.give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    return plan


@pytest.fixture
def write_next(plan_content, priya):
    """Draft the next version of a plan, and send it where `sent`."""

    def make(plan, sent):
        plan = as_it_is_now(plan)
        content = plan_content(plan.partnership, priya, why_changed="More was needed")
        common = {"by": priya, "at": timezone.now()}
        version = services.change_plan(plan, content, opened_version=plan.version, **common)
        return services.send_plan(version, opened_version=version.version, **common) if sent else version

    return make


def opened(record, by):
    """As whoever opens a page of it now sends it."""
    record.refresh_from_db()
    return {"by": by, "at": timezone.now(), "opened_version": record.version}


@pytest.fixture
def acts(acts_on_plans, acts_on_cases):
    """What writes to a case, by the name of its service; each is given the plan."""
    return acts_on_plans | acts_on_cases


@pytest.fixture
def acts_on_plans(make_plan, make_review, plan_content, school_change, priya, sam, tess, today):
    now = {"at": timezone.now()}

    def content(plan):
        return plan_content(plan.partnership, priya, why_changed="More")

    def on_newest(verb, by, **more):
        return lambda plan: verb(newest(plan), **opened(newest(plan), by), **more)

    def checked(plan):
        version = plan.versions.get(number=1)
        given = dict.fromkeys(version.steps.all(), ("yes", "yes"))
        return services.check_in(plan, given, by=tess, opened_number=version.number, **now)

    met = {"held_on": today, "who_came": "A parent", "views": "", "agreed": "A diary", "by": sam}
    return {
        "begin_plan": lambda plan: make_plan(case=plan.case),
        "rewrite_draft": lambda plan: on_newest(services.rewrite_draft, priya, content=content(plan))(plan),
        "send_plan": on_newest(services.send_plan, priya),
        "discard_version": on_newest(services.discard_version, priya),
        "change_plan": lambda plan: services.change_plan(plan, content(plan), **opened(plan, priya)),
        "agree_plan": on_newest(services.agree_plan, sam),
        "ask_for_change": on_newest(services.ask_for_change, sam, change="Shorter"),
        "take_back_plan": on_newest(services.take_back_plan, priya),
        "change_from_school": school_change,
        "review_plan": make_review,
        "record_meeting": lambda plan: services.record_meeting(plan, **met, **now),
        "give_plan_to_reader": lambda plan: services.give_plan_to_reader(plan, tess, by=sam, **now),
        "take_plan_from_reader": lambda plan: services.take_plan_from_reader(plan, tess, by=sam, **now),
        "check_in": checked,
    }


@pytest.fixture
def acts_on_cases(make_consultation, change, another_school, priya, today):
    by_us = {"by": priya, "at": timezone.now()}
    consent = NewConsent("parent", "phone", today)
    step = {"moved_on": today, "reason": "A slip", "decided_by": "Us"}
    asked = {"to": "Another team", "made_on": today, "due_on": today, "feedback": "Asked."}
    answered = {"status": "accepted", "heard_on": today, "due_on": today, "feedback": "They will see Robin."}
    handed = {"to": "A parent", "on": today}

    def heard(plan):
        referral = Referral.objects.get()
        return services.update_referral(referral, **answered, **opened(referral, priya))

    def shared(plan):
        return services.share_consultation(plan.consultation, **opened(plan.consultation, priya))

    def shared_again(plan):
        services.recall_share(plan.shares.first(), **by_us)
        services.share_plan_again(plan, **by_us)
        return plan.shares.open_on(today)

    def told(plan):
        matter = SafeguardingMatter.objects.get(consultation__case=plan.case)
        how = {"told_name": "Femi", "told_at": timezone.now(), "how": "in_person"}
        return services.record_telling(matter, **how, by=priya)

    def paper(plan):
        words = NewPaper("plan", "clinicians", "A plan", [["Heading", "A plan"]], plan_version=newest(plan))
        return services.hand_out(plan.case, words, **by_us)

    return {
        "record_consultation": lambda plan: make_consultation(about=plan.case),
        "change_consultation": lambda plan: change(plan.consultation, agreed="Written again", **COLUMNS),
        "make_referral": lambda plan: services.make_referral(plan.case, longer_term=False, **asked, **by_us),
        "update_referral": heard,
        "move_stage": lambda plan: services.move_stage(
            plan.case, "longer_term", **step, **opened(plan.case, priya)
        ),
        "move_case": lambda plan: services.move_case(plan.case, another_school, consent, on=today, **by_us),
        "share_consultation": shared,
        "share_plan_again": shared_again,
        "recall_share": lambda plan: services.recall_share(plan.shares.first(), **by_us),
        "record_consent": lambda plan: answer(plan.case, Purpose.OBSERVE, by=priya),
        "assess_competence": lambda plan: assess(plan.case, by=priya),
        "withdraw_consent": lambda plan: withdraw(plan.case, Purpose.SHARE_PLAN, by=priya),
        "hand_to_parents": lambda plan: services.hand_to_parents(
            plan.versions.get(number=1), **handed, **by_us
        ),
        "hand_out": paper,
        "record_telling": told,
    }


COLUMNS = {"minutes": 30, "concern": "Robin cries at the gate most mornings."}


@pytest.fixture
def shut(make_review, priya, today):
    """Close the case of a plan, which ends first."""

    def close(plan):
        make_review(plan, overall="stopped")
        step = {"moved_on": today, "reason": "All is well", "decided_by": "Us"}
        services.move_stage(plan.case, "closed", **step, **opened(plan.case, priya))

    return close


@pytest.fixture
def gone(another_school, priya, today):
    """The child of a plan changes school."""

    def move(plan):
        consent = NewConsent("parent", "phone", today)
        services.move_case(plan.case, another_school, consent, by=priya, on=today, at=timezone.now())

    return move


@pytest.fixture
def named(priya, today):
    """The child of a plan is talked about by name from now on."""

    def promote(plan):
        promote_case(plan.case, named_child(), by=priya, on=today)

    return promote


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
