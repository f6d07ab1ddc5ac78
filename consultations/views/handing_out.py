"""Handing out what was read on the page, and nothing else."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations import services
from consultations.papers.as_read import was_read

CHANGED = "This paper has changed since you opened it. Read it again, then hand it out."


class HandsOutWhatWasRead:
    """The form of such a page carries `mark_of` its paper as `read`."""

    def hand_out(self, case, new):
        """Raises ValidationError when the paper would now say something else than the page did."""
        person = self.request.user
        if new.can_go_out and not was_read(new, person, self.request.POST.get("read", "")):
            raise ValidationError(CHANGED)
        return services.hand_out(case, new, by=person, at=timezone.now())
