"""Handing a paper out: its words are frozen and it gets a number."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import Case, Paper, PaperShare, PlanVersion, Purpose, Share
from schools.models import Service

from .consents import consent_in_force

Audience = Paper.Audience


@dataclass(frozen=True)
class NewPaper:
    """A paper to hand out. `blocks` are JSON; `shares` are the texts that it repeats to the school."""

    kind: str
    audience: str
    title: str
    blocks: list
    shares: list = field(default_factory=list)
    plan_version: PlanVersion | None = None
    tells_of_referral: bool = False

    @property
    def can_go_out(self):
        """A paper for the school repeats something that is shared with it."""
        return self.audience != Audience.SCHOOL or bool(self.shares)


@transaction.atomic
def hand_out(case, new, *, by, at):
    """Freeze a paper and count it. The same words handed out again are the same paper, number and all,
    those that were recalled and shared anew in between included.

    Raises ValidationError when a paper for the school repeats nothing that is shared with it, or something
    that was closed to it meanwhile.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if new.audience == Audience.SCHOOL:
        require_still_shared(case, new, timezone.localdate(at))
    # Numbers of a service are counted one after the other.
    counting = Service.objects.select_for_update(of=("self",))
    service = counting.get(partnerships=case.partnership_id)
    before = handed_out_before(case, new)
    return before or freeze(case, service, new, by=by, at=at)


def require_still_shared(case, new, on):
    if not new.can_go_out:
        raise ValidationError("Nothing that is on this paper is shared with the school.")
    wanted = {share.pk for share in new.shares}
    found = Share.objects.filter(case=case, pk__in=wanted).open_on(on)
    told = not new.tells_of_referral or consent_in_force(case, Purpose.REFER_ON, on)
    if len(found) < len(wanted) or not told:
        raise ValidationError("Something on this paper was closed to the school. Look at it as it is now.")


def handed_out_before(case, new):
    same = Paper.objects.filter(case=case, kind=new.kind, audience=new.audience, title=new.title)
    same = same.filter(plan_version=new.plan_version, tells_of_referral=new.tells_of_referral)
    wanted = {share.words for share in new.shares}
    for paper in same.prefetch_related("rests_on__share").order_by("-pk"):
        if paper.blocks == new.blocks and {row.share.words for row in paper.rests_on.all()} == wanted:
            return paper
    return None


def freeze(case, service, new, *, by, at):
    last = Paper.objects.filter(service=service).aggregate(last=Max("number"))["last"] or 0
    version = new.plan_version
    paper = Paper(
        **{"service": service, "number": last + 1, "case": case},
        **{"plan": version and version.plan, "plan_version": version},
        **{"kind": new.kind, "audience": new.audience, "title": new.title, "blocks": new.blocks},
        **{"tells_of_referral": new.tells_of_referral, "made_at": at, "made_by": by},
        **{"from_whom": service.name, "label": service.paper_label},
    )
    save_tracked(paper, by=by, reason="Handed out")
    for share in new.shares:
        save_tracked(PaperShare(paper=paper, share=share), by=by, reason="Handed out")
    return paper
