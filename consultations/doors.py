"""What counts as reading a case, and how each page and paper is called where readings are shown.

A page, paper or export about one case is a reading, each time it is given out; a form that comes back with
an error is given out again. Lists, task lists and the page of a visit are not, nor are answers to autosave
and redirects, which show nothing. Why a name could not wait stands on no list for that reason: the list
leads to the consent page. Every page that logs has its words here; a test holds that.
"""

DOORS = {
    "consultations:case": "The case",
    "consultations:case-timeline": "The timeline of the case",
    "consultations:case-access": "Who has looked at this",
    "consultations:consultation": "A consultation",
    "consultations:consultation-add": "A new consultation, with what was said last",
    "consultations:consultation-edit": "A consultation, to change it",
    "consultations:clinical-note": "The note for clinicians",
    "consultations:visit-record": "The text for the clinicians' own record system",
    "consultations:safeguarding": "Telling the safeguarding lead",
    "consultations:plan": "The plan",
    "consultations:plan-add": "A consultation, to start a plan",
    "consultations:case-plan": "The case, to start a plan",
    "consultations:plan-edit": "The plan, to change it",
    "consultations:plan-strategies": "The plan, to choose strategies for it",
    "consultations:draft-strategies": "The case, to choose strategies for its plan",
    "consultations:plan-check": "The plan, to check and send it",
    "consultations:plan-agree": "The plan, to agree it",
    "consultations:plan-school-change": "The plan, to change who, how often or the date",
    "consultations:step-propose": "A step of the plan, to propose it for the library",
    "consultations:plan-review": "The plan, to review it",
    "consultations:plan-history": "The history of the plan",
    "consultations:plan-version": "A version of the plan as it was",
    "consultations:plan-version-pdf": "A version of the plan as a PDF",
    "consultations:plan-compare": "Two versions of the plan, compared",
    "consultations:plan-pdf": "The plan as a PDF",
    "consultations:plan-paper": "The plan as a paper",
    "consultations:paper": "A paper that was handed out",
    "consultations:paper-pdf": "A paper that was handed out, as a PDF",
    "consultations:evidence": "The evidence pack",
    "consultations:chronology": "The chronology",
    "consultations:plan-readers": "Who carries the plan out",
    "consultations:carrying-out": "What adults will do",
    "consultations:check-in": "What adults will do, to say how it went",
    "consultations:parents-copy": "The plan, to hand a copy to parents or carers",
    "consultations:share": "A shared text",
    "consultations:share-pdf": "A copy for parents or carers as a PDF",
    "consultations:share-recall": "A shared text, to recall it",
    "consultations:consultation-share": "A consultation, to share what was agreed",
    "consultations:case-name": "A case without a name, to record the name",
    "consultations:case-stage": "The case, to move it to another stage",
    "consultations:meeting-add": "The plan, to record a meeting with parents or carers",
    "consultations:referral-add": "The case, to record a referral",
    "consultations:referral-update": "A referral, to say what was heard",
    "consultations:case-move": "The case, to hand it over to another school",
    "consultations:case-handover": "The handover note for clinicians",
    "consultations:consent": "The consent of the case",
    "consultations:consent-add": "The consent of the case, to record an answer",
    "consultations:consent-withdraw": "The consent of the case, to withdraw it",
    "consultations:competence": "Whether the child can decide",
}
# What the school has itself. Which page of the clinicians' own record somebody opened could tell it what
# is in there: that there is a matter of safeguarding, perhaps about somebody who works at the school.
KNOWN_TO_THE_SCHOOL = {
    "consultations:case",
    "consultations:case-timeline",
    "consultations:case-access",
    "consultations:plan",
    "consultations:plan-agree",
    "consultations:plan-school-change",
    "consultations:plan-version",
    "consultations:plan-version-pdf",
    "consultations:plan-compare",
    "consultations:plan-review",
    "consultations:plan-history",
    "consultations:plan-pdf",
    "consultations:plan-paper",
    "consultations:paper",
    "consultations:paper-pdf",
    "consultations:evidence",
    "consultations:chronology",
    "consultations:plan-readers",
    "consultations:parents-copy",
    "consultations:meeting-add",
    "consultations:share",
    "consultations:share-pdf",
    # Its readers are staff of the school, whom the school chose.
    "consultations:carrying-out",
    "consultations:check-in",
}
NOT_KNOWN = "The clinicians' own record"
GONE = "A page that is no longer there"


def in_words(door):
    return DOORS.get(door, GONE)


def in_words_for_the_school(door):
    return DOORS[door] if door in KNOWN_TO_THE_SCHOOL else NOT_KNOWN
