from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from schools.models import Agreement
from schools.reconciling import differences, snapshot
from web.words import counted


class Command(BaseCommand):
    help = (
        "Checks that ledger, visits, orders, statements and invoices say the same, to the minute and the "
        "penny. Changes nothing. Prints what differs, and exits with 1. Made to be run every night."
    )

    def handle(self, *args, **options):
        found = 0
        with snapshot(), self.progress(options["verbosity"]) as progress:
            for difference in differences(count=progress.update):
                found += 1
                progress.clear()
                self.stdout.write(str(difference))
        if found:
            raise CommandError(f"{counted(found, 'difference')} found.", returncode=1)
        self.stdout.write("0 differences.")

    def progress(self, verbosity):
        return tqdm(total=Agreement.objects.count(), unit=" pots", disable=not verbosity)
