from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from resources.models import LibraryPage, StrategyPage

# Under this name it stands in Wagtail's log, and so editors find it among the drafts.
PROPOSED = "resources.propose"


@dataclass(frozen=True)
class Proposal:
    """What somebody thinks should be in the library. It holds no more than is here: where the thought came
    from is nobody's business."""

    title: str
    summary: str
    steps: list
    themes: list
    key_stages: list
    settings: list


@transaction.atomic
def propose_strategy(proposal, *, by):
    """A draft that the editors of the library finish or take away. Nobody else reads it before that.

    Raises ValidationError where there is no library yet.
    """
    front = LibraryPage.objects.select_for_update().first()
    if front is None:
        raise ValidationError("There is no library yet. Ask whoever runs Fortnight for you.")
    page = StrategyPage(
        title=proposal.title,
        summary=proposal.summary,
        steps=[("step", step) for step in proposal.steps],
        key_stages=proposal.key_stages,
        settings=proposal.settings,
        owner=by,
        live=False,
    )
    page.themes = proposal.themes
    front.add_child(instance=page)
    # Not checked as a page to publish: an editor writes the rest.
    page.save_revision(user=by, clean=False)
    log(instance=page, action=PROPOSED, user=by)
    return page
