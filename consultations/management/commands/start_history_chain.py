from django.core.management.base import BaseCommand
from tqdm import tqdm

from consultations.models import Case
from consultations.services import seal_history


class Command(BaseCommand):
    help = (
        "Signs what was written about cases before their history was chained. Run it once, right after the "
        "upgrade, and never to answer a finding of verify_history: it would sign what was tampered with."
    )

    def handle(self, *args, **options):
        cases, rows = Case.objects.order_by("pk"), 0
        with tqdm(total=cases.count(), unit=" cases", disable=not options["verbosity"]) as progress:
            for case in cases.iterator():
                rows += seal_history(case)
                progress.update()
        self.stdout.write(f"{rows} rows of history signed.")
