"""Which rows a timeline is made of, for whom: each begins at `visible_to`, and all have the same columns."""

from enum import IntEnum

from django.db.models import Case as Choose
from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, TruncDate

from consultations import policies
from consultations.models import (
    Case,
    CheckIn,
    Consent,
    Consultation,
    Paper,
    ParentsMeeting,
    PlanVersion,
    Referral,
    ReferralUpdate,
    Review,
    Share,
    StageMove,
)

COLUMNS = ("t_day", "t_written", "t_kind", "t_pk", "t_by", "t_ref", "t_detail", "t_number", "t_text")
NOTHING = Value("", output_field=TextField())


class Kind(IntEnum):
    """In the order of events of one moment, the later one first."""

    REVIEW = 1
    CHECK_IN = 2
    MEETING = 3
    STAGE = 4
    REFERRAL_UPDATE = 5
    REFERRAL = 6
    PLAN_AGREED = 7
    PLAN_SENT_BACK = 8
    PLAN_TAKEN_BACK = 9
    PLAN_SENT = 10
    COPY = 11
    NOTE_CLOSED = 12
    PLAN_CLOSED = 13
    NOTE_SHARED = 14
    PAPER = 15
    CONSENT_WITHDRAWN = 16
    CONSENT = 17
    CONSULTATION = 18
    BY_NAME = 19
    MOVED = 20
    OPENED = 21


def rows_for(case_pk, role, on):
    """[(kind, rows with COLUMNS)] of one case."""
    found = [*plans(case_pk, role), *shares(case_pk, role, on), *case_rows(case_pk, role)]
    found += [*stages(case_pk, role), *papers(case_pk, role), *clinical(case_pk, role)]
    return found


def line(kind, rows, *, day, written, by, ref=NOTHING, detail=NOTHING, number=0, text=NOTHING):
    """One kind of event. `day` and `written` name columns or are expressions; a time becomes its day."""
    number = Value(number) if isinstance(number, int) else F(number)
    columns = {"t_day": day, "t_written": written, "t_by": by, "t_ref": ref, "t_detail": detail}
    columns |= {"t_text": text, "t_pk": "pk"}
    named = {name: F(value) if isinstance(value, str) else value for name, value in columns.items()}
    return kind, rows.order_by().annotate(**named, t_kind=Value(int(kind)), t_number=number)


def text_if(*whens):
    return Choose(*whens, default=NOTHING, output_field=TextField())


def plans(case_pk, role):
    versions = PlanVersion.objects.visible_to(role).filter(plan__case=case_pk, sent_at__isnull=False)
    of_plan = {"ref": "plan__reference", "number": "number"}
    from_school = text_if(When(from_school=True, then=Value("from school")))
    for kind, name, more in (
        (Kind.PLAN_SENT, "sent", {"detail": from_school, "text": "why_changed"}),
        (Kind.PLAN_AGREED, "agreed", {}),
        (Kind.PLAN_SENT_BACK, "change_asked", {"text": "change_asked"}),
        (Kind.PLAN_TAKEN_BACK, "taken_back", {}),
    ):
        there = versions.filter(**{f"{name}_at__isnull": False})
        yield line(kind, there, **at(f"{name}_at"), by=f"{name}_by_id", **of_plan, **more)
    reviews = Review.objects.visible_to(role).filter(plan__case=case_pk)
    said = {"ref": "plan__reference", "detail": "overall", "text": "note"}
    yield line(Kind.REVIEW, reviews, **at("reviewed_at"), by="reviewed_by_id", **said)
    answers = CheckIn.objects.visible_to(role).filter(plan__case=case_pk)
    yield line(Kind.CHECK_IN, answers, **at("answered_at"), by="answered_by_id", ref="plan__reference")
    meetings = ParentsMeeting.objects.visible_to(role).filter(plan__case=case_pk)
    said = {"ref": "plan__reference", "detail": "who_came", "text": "agreed"}
    yield line(Kind.MEETING, meetings, day="held_on", written="written_at", by="written_by_id", **said)


def shares(case_pk, role, on):
    """A school reads of a closed text that there was one, and a name that was handed a copy no more."""
    clinical = policies.can_read_consultation(role, None)
    visible = Share.objects.visible_to(role).filter(case=case_pk)
    opened = visible.with_open(on)
    ref = F("reference") if clinical else text_if(When(open_now=True, then=F("reference")))
    notes = Q(consultation__isnull=False, audience=Share.Audience.LINK_STAFF)
    yield line(Kind.NOTE_SHARED, opened.filter(notes), **at("shared_at"), by="shared_by_id", ref=ref)
    copies = opened.filter(audience=Share.Audience.PARENTS)
    copies = copies if clinical else copies.filter(open_now=True)
    said = {"ref": "reference", "detail": "handed_to", "text": "plan__reference"}
    yield line(Kind.COPY, copies, day="handed_on", written="shared_at", by="shared_by_id", **said)
    closed = visible.filter(closed_at__isnull=False).exclude(closing=Share.Closing.REPLACED)
    said = {**at("closed_at"), "by": "closed_by_id", "detail": "closing"}
    yield line(Kind.NOTE_CLOSED, closed.filter(notes), **said, ref=ref_if(clinical, "reference"))
    plan_ref = {"ref": ref_if(clinical, "plan__reference"), "text": "plan__reference"}
    yield line(Kind.PLAN_CLOSED, once_for_each_plan(closed), **said, **plan_ref)


def ref_if(clinical, name):
    return F(name) if clinical else NOTHING


def once_for_each_plan(closed):
    """The versions of a plan are closed together: one of them stands for all."""
    closed = closed.filter(plan__isnull=False, audience=Share.Audience.LINK_STAFF)
    # Taking one version back says so itself, and the version in force stays open.
    closed = closed.exclude(plan_version__taken_back_at=F("closed_at"))
    same = Share.objects.filter(plan=OuterRef("plan"), closed_at=OuterRef("closed_at"), pk__lt=OuterRef("pk"))
    return closed.filter(~Exists(same.filter(audience=Share.Audience.LINK_STAFF)))


def case_rows(case_pk, role):
    visible = Case.objects.visible_to(role)
    opening = {"day": "opened_on", "written": written(Case), "by": written_by(Case)}
    came_from = text_if(*(came(name, visible) for name in ("promoted_from", "moved_from")))
    yield line(Kind.OPENED, visible.filter(pk=case_pk), **opening, ref=came_from)
    yield line(Kind.BY_NAME, visible.filter(promoted_from=case_pk), **opening, ref="reference")
    yield line(Kind.MOVED, visible.filter(moved_from=case_pk), **opening, ref="reference")


def came(name, visible):
    """Where the case before can be opened. That one is looked up: asked whether it is among all that are
    visible, PostgreSQL reads these first."""
    return When(Exists(visible.filter(pk=OuterRef(name))), then=F(f"{name}__reference"))


def stages(case_pk, role):
    who = {"written": "written_at", "by": "written_by_id"}
    moves = StageMove.objects.visible_to(role).filter(case=case_pk)
    said = {"ref": "stage", "detail": "decided_by", "text": "reason"}
    yield line(Kind.STAGE, moves, day="moved_on", **who, **said)
    referrals = Referral.objects.visible_to(role).filter(case=case_pk)
    yield line(Kind.REFERRAL, referrals, day="made_on", **who, detail="to")
    updates = ReferralUpdate.objects.visible_to(role).filter(referral__case=case_pk)
    said = {"ref": "status", "detail": "referral__to", "text": "feedback"}
    yield line(Kind.REFERRAL_UPDATE, updates, day="heard_on", **who, **said)


def papers(case_pk, role):
    visible = Paper.objects.visible_to(role).filter(case=case_pk)
    made = {**at("made_at"), "by": "made_by_id", "detail": "kind", "number": "number"}
    yield line(Kind.PAPER, visible, **made, ref="case__reference")


def clinical(case_pk, role):
    talks = Consultation.objects.visible_to(role).filter(case=case_pk)
    about = {"ref": "reference", "detail": "mode", "number": "minutes", "text": "concern"}
    talk = {"day": TruncDate("held_at"), "written": "written_at", "by": "author_id"}
    yield line(Kind.CONSULTATION, talks, **talk, **about)
    answers = Consent.objects.visible_to(role).filter(case=case_pk)
    day = Coalesce("given_on", TruncDate(written(Consent)))
    words = Concat("purpose", Value(" "), "answer", Value(" "), "given_by", output_field=TextField())
    why = Concat("reason", "refused_because", output_field=TextField())
    answered = {"written": written(Consent), "by": written_by(Consent)}
    yield line(Kind.CONSENT, answers, day=day, **answered, detail=words, text=why)
    gone = answers.filter(withdrawn_at__isnull=False)
    by = Subquery(rows_of(Consent).filter(withdrawn_at__isnull=False).values("history_user")[:1])
    yield line(
        Kind.CONSENT_WITHDRAWN, gone, day="withdrawn_on", written="withdrawn_at", by=by, detail="purpose"
    )


def at(name):
    """Of what happened when it was written down."""
    return {"day": TruncDate(name), "written": name}


def rows_of(model):
    return model.history.filter(id=OuterRef("pk")).order_by("history_id")


def written(model):
    return Subquery(rows_of(model).values("history_date")[:1])


def written_by(model):
    return Subquery(rows_of(model).values("history_user")[:1])
