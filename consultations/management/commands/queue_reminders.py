from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.services import plan_next_reminders, send_visit_reminders
from web.words import counted


class Command(BaseCommand):
    help = (
        "Queues the e-mails that ask schools whom to talk about at visits that are near, and has the worker "
        "look again each morning. Run it once after installing, or as often as you like: nobody is asked "
        "twice about one visit."
    )

    def handle(self, *args, **options):
        now = timezone.now()
        plan_next_reminders(at=now)
        self.stdout.write(f"{counted(send_visit_reminders(at=now), 'e-mail')} queued.")
