"""Whether a child under 16 can decide about one thing: five answers, and what the clinician concludes."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from consultations.models import Case, Competence

from .stages import require_goes_on_here

COMPETENT = Competence.Conclusion.COMPETENT


@dataclass(frozen=True)
class NewCompetence:
    """The clinician's judgement about one decision. `answers` maps `Competence.QUESTIONS` to yes or no."""

    purpose: str
    answers: dict
    conclusion: str
    notes: str = ""

    @property
    def missing(self):
        """What was not answered with yes, in words."""
        return missing_in(self.answers)


def missing_in(answers):
    fields = Competence._meta
    return [
        str(fields.get_field(name).verbose_name) for name in Competence.QUESTIONS if not answers.get(name)
    ]


@transaction.atomic
def assess_competence(case, new, *, by, on):
    """Write the judgement down. An earlier one about the same decision stays, and the newest counts.

    Raises ValidationError for a case without a name or that went on at another school, and for "can decide
    this" without all five.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_named:
        raise ValidationError("Consent belongs to a record by name. This one holds no name.")
    require_goes_on_here(case)
    if new.conclusion == COMPETENT and new.missing:
        raise ValidationError({"conclusion": needs_all_five(new.missing)})
    competence = Competence(
        case=case,
        purpose=new.purpose,
        conclusion=new.conclusion,
        notes=new.notes,
        assessed_by=by,
        assessed_on=on,
        **{name: bool(new.answers.get(name)) for name in Competence.QUESTIONS},
    )
    return save_tracked(competence, by=by, reason="Competence assessed")


def needs_all_five(missing):
    return f"“Can decide this” needs a yes to all five questions. Not yes: {'; '.join(missing)}"


def competence_for(case, purpose):
    """The newest judgement about a decision when it says that the child can decide; None otherwise."""
    newest = Competence.objects.filter(case=case, purpose=purpose).order_by("-pk").first()
    return newest if newest and newest.conclusion == COMPETENT else None
