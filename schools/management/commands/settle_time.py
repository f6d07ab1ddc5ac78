from django.core.management.base import BaseCommand
from django.utils import timezone

from schools.services import settle_pots

DONE = ("activated", "carried", "expired", "ended")


class Command(BaseCommand):
    help = (
        "Brings every agreement to today: those whose first day came are in force, and what is left of those "
        "whose last day is over is carried over or expires. Run it every night; twice does no harm."
    )

    def handle(self, *args, **options):
        done = settle_pots(on=timezone.localdate(), at=timezone.now())
        self.stdout.write(", ".join(f"{done[name]} {name}" for name in DONE) + ".")
