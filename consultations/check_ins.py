"""Reading check-ins for pages of a plan: one query each, as far as the role may see them."""

from consultations.models import CheckIn, CheckInAnswer
from web.prepared import prepared
from web.words import shortdate

ON_A_PAGE = 25


def check_ins_of(plan, role):
    """Rows of (check-in, its answers), the newest first, as many as stand on a page."""
    newest = CheckIn.objects.visible_to(role).filter(plan=plan).order_by("-answered_at", "-pk")[:ON_A_PAGE]
    answers = CheckInAnswer.objects.filter(check_in__in=newest.values("pk"))
    found = {}
    for answer in answers.select_related("check_in__answered_by", "step").order_by(
        "-check_in__answered_at", "-check_in_id", "step__position", "pk"
    ):
        found.setdefault(answer.check_in_id, (answer.check_in, []))[1].append(answer)
    return list(found.values())


def suggestions_for(plan, role, since=None):
    """What each adult told of each step last, in sentences, by the step's identity; `since` is the last
    review. Where all say the same the last one stands for all; where they differ, none hides another."""
    last = {}
    for row in _answers_since(role, plan.pk, since):
        by_person = last.setdefault(row.step.identity, {})
        by_person.pop(row.check_in.answered_by_id, None)
        by_person[row.check_in.answered_by_id] = row
    return {identity: _in_words([*by_person.values()]) for identity, by_person in last.items()}


@prepared
def _answers_since(role, plan_pk, since):
    seen = CheckIn.objects.visible_to(role).filter(plan=plan_pk)
    if since:
        seen = seen.filter(answered_at__gt=since)
    answers = CheckInAnswer.objects.filter(check_in__in=seen)
    return answers.select_related("check_in__answered_by", "step").order_by("check_in__answered_at", "pk")


def _in_words(answers):
    differ = len({answer.told for answer in answers}) > 1
    return " ".join(sentence(answer) for answer in (answers if differ else answers[-1:]))


def sentence(answer):
    """ "Tess Arden on 12 October: it happened sometimes, it helped a bit." """
    check_in = answer.check_in
    return f"{check_in.answered_by} on {shortdate(check_in.answered_at)}: {answer.told}."
