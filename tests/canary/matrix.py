"""What each person may know, by column, role and share state: what was promised, not what the code does.

A marker may be met where its cell says so and its place is one the person works at, and nowhere else. The
columns: clinician, service lead, link staff, plan reader, safeguarding lead, budget holder, commissioner,
editor, administrator. Somebody without a role in force has no column.

all     whatever its state
case    while something of the case is shared with the school
text    while this very text is shared with the school
sent    once the agreement was sent to the school
given   while the agreed plan it is in is shared with the reader it was given to
told    once the matter was passed on to this person
mine    the person who typed it
reason  after saying why, and on the answer to that alone
shelf   on a page of the library, never beside a case
A cell in brackets may be met and need not be; without brackets it must be met somewhere.
"""

from .markers import Word

COLUMNS = ["cli", "lea", "lin", "rea", "dsl", "bud", "com", "edi", "ada"]
FIELDS_TEXT = """
                                cli     lea     lin     rea     dsl     bud     com     edi     ada
Case.first_name                 all     all     case    given   -       -       -       -       -
Case.last_name                  all     all     (case)  (given) -       -       -       -       -
Case.group_name                 all     all     case    given   -       -       -       -       -
Consultation.concern            all     all     -       -       -       -       -       -       -
Consultation.agreed             all     all     text    -       -       -       -       -       -
Consultation.why_now            all     all     -       -       -       -       -       -       -
Consultation.strengths          all     all     -       -       -       -       -       -       -
Consultation.since_when         all     all     -       -       -       -       -       -       -
Consultation.how_often          all     all     -       -       -       -       -       -       -
Consultation.setting            all     all     -       -       -       -       -       -       -
Consultation.other_agencies     all     all     -       -       -       -       -       -       -
Consultation.attendance         all     all     -       -       -       -       -       -       -
Consultation.childs_view        all     all     -       -       -       -       -       -       -
Consultation.childs_view_how    all     all     -       -       -       -       -       -       -
Consultation.parents_view       all     all     -       -       -       -       -       -       -
Consultation.change_reason      all     all     -       -       -       -       -       -       -
ConsultationPerson.name         all     all     text     -       -       -       -       -       -
ConsultationPerson.job          all     all     text     -       -       -       -       -       -
ConsultationPerson.organisation all     all     text     -       -       -       -       -       -
Tried.what                      all     all     -       -       -       -       -       -       -
ClinicalNote.text               all     reason  -       -       -       -       -       -       -
CaseHandover.text               all     reason  -       -       -       -       -       -       -
Competence.notes                all     -       -       -       -       -       -       -       -
Consent.reason                  all     all     -       -       -       -       -       -       -
Consent.refused_because         all     all     -       -       -       -       -       -       -
Draft.payload                   mine    mine    mine    mine    mine    mine    mine    mine    mine
PlanVersion.why_changed         all     all     text    -       -       -       -       -       -
PlanVersion.concern             all     all     text    -       -       -       -       -       -
PlanVersion.strengths           all     all     text    -       -       -       -       -       -
PlanVersion.tried               all     all     text    -       -       -       -       -       -
PlanVersion.childs_view         all     all     text    -       -       -       -       -       -
PlanVersion.parents_view        all     all     text    -       -       -       -       -       -
PlanVersion.parents_why         all     all     text    -       -       -       -       -       -
PlanVersion.if_not_reached      all     all     text    -       -       -       -       -       -
PlanVersion.change_asked        all     all     text    -       -       -       -       -       -
Goal.what                       all     all     text    -       -       -       -       -       -
Goal.at_zero                    all     all     text    -       -       -       -       -       -
Goal.at_ten                     all     all     text    -       -       -       -       -       -
Step.what                       all     all     text    given   -       -       -       -       -
Step.note                       all     all     text    given   -       -       -       -       -
Review.note                     all     all     text    -       -       -       -       -       -
StageMove.reason                all     all     case    -       -       -       -       -       -
StageMove.decided_by            all     all     case    -       -       -       -       -       -
ParentsMeeting.who_came         all     all     text    -       -       -       -       -       -
ParentsMeeting.views            all     all     text    -       -       -       -       -       -
ParentsMeeting.agreed           all     all     text    -       -       -       -       -       -
Referral.to                     all     all     case    -       -       -       -       -       -
ReferralUpdate.feedback         all     all     case    -       -       -       -       -       -
Share.handed_to                 all     all     text    -       -       -       -       -       -
SafeguardingMatter.told_name    all     all     -       -       (told)  -       -       -       -
SafeguardingMatter.school_reference all all     -       -       told    -       -       -       -
DiscussionRequest.sentence      all     all     all     -       -       -       -       -       -
DiscussionRequest.tried         all     all     all     -       -       -       -       -       -
DiscussionRequest.phone         all     all     all     -       -       -       -       -       -
DiscussionRequest.group_name    all     all     all     -       -       -       -       -       -
Theme.name                      all     all     (shelf) (shelf) (shelf) (shelf) (all)   (shelf) (shelf)
Reading.reason                  all     all     -       -       -       -       -       -       -
SchoolPerson.name               all     all     all     (all)   all     all     -       -       -
SchoolPerson.job                all     all     all     (all)   all     all     -       -       -
SchoolPerson.phone              all     all     all     -       all     all     -       -       -
Invitation.email                -       all     all     -       -       -       -       -       all
Invitation.first_name           -       all     all     -       -       -       -       -       all
Invitation.last_name            -       all     all     -       -       -       -       -       all
Invitation.job                  -       (all)   (all)   -       -       -       -       -       (all)
CalendarPeriod.name             (all)   (all)   (all)   -       -       (all)   (all)   -       (all)
Service.what_a_plan_is          all     all     all     (all) -       -       -       -       (all)
Service.if_things_get_worse     all     all     all     all     -       -       -       -       (all)
Service.about_an_adult          all     (all)   -       -       -       -       -       -       (all)
Service.cannot_reach_them       (all)   (all)   -       -       -       -       -       -       (all)
Service.paper_label             all     all     all     -       -       all     -       -       (all)
Service.address                 -       all     -       -       -       all     -       -       -
Service.contact                 -       all     -       -       -       all     -       -       -
Service.ods_code                -       all     -       -       -       all     -       -       -
Service.vat_words               -       all     -       -       -       all     -       -       -
Service.how_to_pay              -       all     -       -       -       all     -       -       -
Agreement.signed_by_name        all     all     sent    -       -       sent    -       -       -
Agreement.signed_by_job         all     all     sent    -       -       sent    -       -       -
Agreement.purchase_order_number -       all     -       -       -       sent    -       -       -
Agreement.unit_price            -       all     -       -       -       sent    -       -       -
Order.purchase_order_number     -       all     -       -       -       all     -       -       -
EntryQuery.words                -       all     all     -       -       all     -       -       -
EntryQuery.answer               -       all     all     -       -       all     -       -       -
"""

# What is open in each state: to link staff the case and the text, to the plan reader what they carry out,
# to the safeguarding lead what they were told.
STATES_TEXT = """
never shared           -     -     -     -
plan in draft          -     -     -     -
plan sent              case  text  -     -
sent back              case  text  -     -
agreed                 case  text  -     -
given                  case  text  given -
taken back             case  text  -     -
replaced               case  text  -     -
next in draft          case  -     -     -
sent, taken back       -     -     -     -
next taken back        case  -     -     -
changed by the school  case  text  -     -
ended                  case  text  -     -
note shared            case  text  -     -
edited since           case  -     -     -
recalled               -     -     -     -
note recalled alone    case  -     -     -
consent withdrawn      -     -     -     -
consent run out        -     -     -     -
consent refused        -     -     -     -
handed after recall    -     -     -     -
handed after withdrawal -    -     -     -
leave withdrawn        -     -     -     -
matter open            -     -     -     -
matter told            -     -     -     told
told to another        -     -     -     -
at the school          -     -     -     -
agreement in draft     -     -     -     -
agreement in force     sent  -     -     -
"""


# What a page could show and leaves out: details of a note.
NOT_SHOWN = {
    "ClinicalNote.text": ("note shared",),
    "ConsultationPerson.organisation": ("never shared", "note shared", "edited since"),
}


def rows_of(text):
    return [line for line in text.strip("\n").splitlines() if line.strip()]


FIELDS = {
    line.split()[0]: dict(zip(COLUMNS, line.split()[1:], strict=True)) for line in rows_of(FIELDS_TEXT)[1:]
}
STATES = {line[:23].strip(): set(line[23:].split()) - {"-"} for line in rows_of(STATES_TEXT)}


def rule_for(actor, word: Word):
    return FIELDS[word.field][actor.column] if actor.column else "-"


def holds(rule, actor, word, door):
    match rule:
        case "all":
            return True
        case "case" | "text" | "sent" | "given" | "told":
            return rule in STATES[word.state]
        case "mine":
            return word.state == f"draft of {actor.name}"
        case "reason":
            return door.reasoned
        case "shelf":
            return door.name.startswith("library")
    return False


def may_meet(actor, word, door):
    """Whether this person may meet this marker at this door."""
    return word.place in actor.places and holds(rule_for(actor, word).strip("()"), actor, word, door)


def must_meet(actor, word, doors):
    """Whether a cell without brackets opens it: some door has to show it, or the world proves nothing."""
    rule = rule_for(actor, word)
    if word.state in NOT_SHOWN.get(word.field, ()):
        return False
    return not rule.startswith("(") and any(may_meet(actor, word, door) for door in doors)
