from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.services import plan_next_digests, send_due_digests
from web.words import counted


class Command(BaseCommand):
    help = (
        "Queues the weekly e-mails that are due and not queued yet, and has the worker look again by itself. "
        "Run it once after installing, or as often as you like: nobody gets a second one in a week."
    )

    def handle(self, *args, **options):
        now = timezone.now()
        plan_next_digests(at=now)
        self.stdout.write(f"{counted(send_due_digests(at=now), 'e-mail')} queued.")
