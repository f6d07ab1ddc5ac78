"""Cases that are closed, or went on by name or at another school, and all that can be written to them."""

import pytest
from django.utils import timezone

from consultations import services
from consultations.models import Purpose, Referral, SafeguardingMatter
from consultations.services import NewConsent, NewPaper, promote_case
from tests.consents import answer, assess, withdraw
from tests.plans import as_it_is_now, newest
from tests.records import minutes, named_child, no_names_child

from .given import COLUMNS, opened


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

    def copied(plan):
        visit = plan.consultation.visit
        now = timezone.now()
        times = {"at": now, "ended_at": now, "minutes": minutes(30), "opened_version": visit.version}
        services.finish_visit(visit, by=priya, **times)
        seen = services.stamp_of(plan.case.consultations.with_plan_in_text())
        return services.mark_as_copied(visit, plan.case, seen=seen, **by_us)

    def undone(plan):
        return copied(plan) and services.undo_copied(plan.consultation.visit, plan.case, **by_us)

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
        "mark_as_copied": copied,
        "undo_copied": undone,
        "record_telling": told,
    }


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
