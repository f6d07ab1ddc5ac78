"""How each event of a timeline is said."""

from dataclasses import dataclass

from django.urls import reverse

from consultations.models import Case, Consent, Consultation, Paper, Purpose, Referral, Review, Share
from consultations.timeline_rows import Kind
from web.words import minutes_in_words

CLOSED = {Share.Closing.RECALLED: "recalled", Share.Closing.WITHDRAWN: "consent withdrawn"}


@dataclass(frozen=True)
class Words:
    """What happened, in a line; `text` is what somebody wrote about it; `url` leads to it."""

    kind: str
    line: str
    text: str = ""
    url: str = ""


def words_of(kind, ref, detail, number, text):
    """The words of one row of `timeline_rows`."""
    kind = Kind(kind)
    return Words(kind.name.lower(), *SAID[kind](ref, detail, number, text))


def page(name, ref):
    return reverse(f"consultations:{name}", args=[ref]) if ref else ""


def plan(said):
    """An event of a plan, which `ref` names; its text is what was typed."""
    return lambda ref, detail, number, text: (said(ref, detail, number), text, page("plan", ref))


def sent(ref, detail, number):
    return f"Plan {ref} version {number} sent to the {'clinician' if detail else 'school'} to agree"


def reviewed(ref, overall, number):
    return f"Plan {ref} reviewed: {Review.Overall(overall).label.lower()}"


def closed(what, ref_page):
    def say(ref, detail, number, text):
        name = f"{what} {text}".strip()
        return f"{name} closed to the school: {CLOSED[detail]}", "", page(ref_page, ref)

    return say


def copy(ref, detail, number, text):
    return f"Copy of plan {text} for parents or carers handed to {detail}", "", page("share", ref)


def stage(ref, detail, number, text):
    return f"Stage: {Case.Stage(ref).label.lower()}. Decided by {detail}", text, ""


def paper(ref, kind, number, text):
    url = reverse("consultations:paper", args=[ref, number])
    return f"{Paper.Kind(kind).label} handed out as paper {number}", "", url


def referral_update(ref, detail, number, text):
    return f"Referral to {detail}: {Referral.Status(ref).label.lower()}", text, ""


def consent(ref, detail, number, text):
    purpose, answer, given_by = detail.split()
    said = "agreed" if answer == Consent.Answer.GIVEN else "did not agree"
    if given_by == Consent.GivenBy.COULD_NOT_WAIT:
        said = "it could not wait"
    return f"Consent, {Purpose(purpose).label.lower()}: {said}", text, ""


def withdrawn(ref, detail, number, text):
    return f"Consent, {Purpose(detail).label.lower()}: withdrawn", "", ""


def opened(ref, detail, number, text):
    return f"Case opened, going on from {ref}" if ref else "Case opened", "", page("case", ref)


SAID = {
    Kind.CONSULTATION: lambda ref, mode, number, text: (
        f"Consultation, {Consultation.Mode(mode).label.lower()}, {minutes_in_words(number)}",
        text,
        page("consultation", ref),
    ),
    Kind.NOTE_SHARED: lambda ref, *_: ("Note shared with the school", "", page("share", ref)),
    Kind.NOTE_CLOSED: closed("Note", "share"),
    Kind.PLAN_CLOSED: closed("Plan", "plan"),
    Kind.COPY: copy,
    Kind.PLAN_SENT: plan(sent),
    Kind.PLAN_AGREED: plan(lambda ref, _, number: f"Plan {ref} version {number} agreed"),
    Kind.PLAN_SENT_BACK: plan(lambda ref, _, number: f"Change to plan {ref} version {number} asked for"),
    Kind.PLAN_TAKEN_BACK: plan(lambda ref, _, number: f"Plan {ref} version {number} taken back"),
    Kind.REVIEW: plan(
        lambda ref, overall, _: f"Plan {ref} reviewed: {Review.Overall(overall).label.lower()}"
    ),
    Kind.CHECK_IN: plan(lambda ref, *_: f"Check-in on plan {ref}"),
    Kind.MEETING: plan(lambda ref, who, _: f"Meeting with parents or carers about plan {ref}. Came: {who}"),
    Kind.STAGE: stage,
    Kind.REFERRAL: lambda ref, detail, *_: (f"Referral to {detail} made", "", ""),
    Kind.REFERRAL_UPDATE: referral_update,
    Kind.CONSENT: consent,
    Kind.CONSENT_WITHDRAWN: withdrawn,
    Kind.PAPER: paper,
    Kind.BY_NAME: lambda ref, *_: (f"Goes on by name as {ref}", "", page("case", ref)),
    Kind.MOVED: lambda ref, *_: (f"Goes on at the child's new school as {ref}", "", page("case", ref)),
    Kind.OPENED: opened,
}
