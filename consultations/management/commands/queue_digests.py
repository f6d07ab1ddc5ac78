from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.models import DigestClock
from consultations.services import start_clocks


class Command(BaseCommand):
    help = (
        "Starts the weekly e-mail about reviews that are due, for every service. The worker goes on by "
        "itself; safe to run again, from a cron too: nobody gets one twice in a week."
    )

    def handle(self, *args, **options):
        start_clocks(at=timezone.now())
        for clock in DigestClock.objects.select_related("service").order_by("service__name", "pk"):
            self.stdout.write(f"{clock.service}: {timezone.localtime(clock.next_at):%A %-d %B %Y, %H:%M}")
