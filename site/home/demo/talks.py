"""Consultations of the demo's past visits."""

from datetime import timedelta

from consultations.models import Consultation
from consultations.services import ConsultationContent, record_consultation, share_consultation

from .dated import as_of
from .desk import Talked, new_case
from .stories import told_of

MODES = Consultation.Mode
SETTINGS = [
    "In the classroom",
    "At break and lunch",
    "On the way in",
    "In the dining hall",
    "All over school",
]
SINCE = [
    "Since the start of term",
    "For about a month",
    "Since the half term",
    "For a year or more",
    "Since the new class",
]
SHARED = 3  # every third consultation is shared with the school
HOW_OFTEN = ["Every day", "Two or three times a week", "About once a week", "On Mondays above all"]


def talk_about_new(desk, visit, story, held_at, *, next_step, next_name, themes, rng):
    """Open a case with its first consultation. Returns (Talked, Consultation)."""
    case, name = new_case(desk, story, next_name, held_at.date(), rng)
    fields = {
        "concern": told_of(story.concern, name),
        "agreed": told_of(story.agreed, name),
        "strengths": told_of(story.strengths, name),
        "childs_view": told_of(story.childs_view, name),
        "parents_view": told_of(story.parents_view, name),
        "risk": "told" if story.risk else "no",
        "next_step": next_step,
    } | details(story, rng)
    consultation = log(
        desk, visit, case, fields, held_at, story=story, themes=themes, rng=rng,
        tried=[(told_of(what, name), effect) for what, effect in story.tried],
        clinical_note=told_of(story.clinical, name),
    )  # fmt: skip
    talked = Talked(consultation.case, story, name)
    if not any(one.case.pk == talked.case.pk for one in desk.talked):
        desk.talked.append(talked)
    return talked, consultation


def talk_again(desk, visit, talked, held_at, *, themes, rng, told=None):
    """A later consultation about a case that is there; `told` is the safeguarding lead who was told of it."""
    story, later = talked.story, talked.story.later
    text = later[min(talked.times, len(later)) - 1]
    talked.times += 1
    fields = {
        "concern": told_of(text, talked.name),
        "agreed": "Carry on as agreed and look at it again at the next visit.",
        "risk": "told" if told else "no",
        "next_step": "nothing_more",
        "mode": rng.choice([MODES.FACE_TO_FACE, MODES.FACE_TO_FACE, MODES.TELEPHONE, MODES.VIDEO]),
    }
    return log(desk, visit, talked.case, fields, held_at, story=story, themes=themes, rng=rng, told=told)


def details(story, rng):
    """The optional part of the form, filled for two talks in three, as people do."""
    if story.subject != "child" or rng.random() < 0.33:
        return {}
    return {
        "since_when": rng.choice(SINCE),
        "how_often": rng.choice(HOW_OFTEN),
        "setting": rng.choice(SETTINGS),
        "impact": rng.randint(3, 9),
        "sen_status": rng.choice(["N", "N", "K", "E"]),
        "childs_view_how": "A talk with a trusted adult" if story.childs_view else "",
    }


def log(desk, visit, about, fields, held_at, *, story, themes, rng, tried=(), clinical_note="", told=None):
    minutes = rng.choice([30, 30, 45])
    by, written_at = desk.clinician, held_at + timedelta(minutes=minutes + 5)
    people = [spoke_to(person) for person in present(desk, rng)]
    content = ConsultationContent(
        fields={"held_at": held_at, "minutes": minutes} | fields,
        themes=[themes[slug] for slug in story.themes],
        people=people,
        tried=list(tried),
        clinical_note=clinical_note,
        told=telling(desk, held_at, told or desk.lead(1)) if fields["risk"] == "told" else {},
    )
    talk = as_of(written_at, record_consultation, visit, about, content, by=by, at=written_at)
    desk.logged += 1
    if desk.logged % SHARED == 0:
        opened = {"opened_version": talk.version}
        as_of(written_at, share_consultation, talk, by=by, at=written_at, **opened)
    return talk


def present(desk, rng):
    """The first link person, and often one more adult of the school."""
    first, *others = desk.people
    return [first, rng.choice(others)] if rng.random() < 0.6 else [first]


def spoke_to(person):
    return {
        "person": person,
        "name": person.name,
        "job": person.job,
        "organisation": person.partnership.school.name,
    }


def telling(desk, held_at, lead):
    """The safeguarding lead was told at once; the reference is the school system's own."""
    desk.told += 1
    return {
        "told_person": lead,
        "told_name": lead.name,
        "told_at": held_at + timedelta(minutes=20),
        "how": "in_person",
        "school_reference": f"SG-{desk.place.urn % 100:02d}{desk.told:02d}",
    }
