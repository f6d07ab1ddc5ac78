from django.core.management.base import BaseCommand
from django.db import transaction

from consultations.services import count_use_everywhere
from resources.models import StrategyPage


class Command(BaseCommand):
    help = (
        "Counts again, from the plans and reviews, how each strategy of the library is used, and says what "
        "differed. Safe to run at any time. What readers see stays as it is until the next plan is counted."
    )

    def handle(self, *args, **options):
        pages = StrategyPage.objects.order_by("title", "pk").values_list("pk", "title")
        differing = {title: len(self.count(pk)) for pk, title in pages}
        for title, how_many in differing.items():
            if how_many:
                self.stdout.write(f"{title}: {how_many} {'count' if how_many == 1 else 'counts'} differed")
        self.stdout.write(f"Strategies counted: {len(differing)}")
        if not any(differing.values()):
            self.stdout.write("Nothing differed.")

    @transaction.atomic
    def count(self, pk):
        return count_use_everywhere([pk])
