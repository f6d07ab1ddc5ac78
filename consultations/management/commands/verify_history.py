from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from consultations.history_check import (
    BadReceipt,
    check_chain,
    check_receipt,
    check_records,
    check_stubs,
    snapshot,
    write_receipt,
)
from consultations.models import Case, chained_models
from web.last_runs import CHECK, note


class Command(BaseCommand):
    help = (
        "Checks that what is stored of the cases is what was written. Prints what is not, and exits with 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--case", metavar="REF", help="one case alone, like C-7F3K-9MW")
        parser.add_argument("--receipt", metavar="FILE", help="compare with the receipt of an earlier day")
        parser.add_argument("--write-receipt", metavar="FILE", help="write a receipt, if nothing is wrong")

    def handle(self, *args, case, receipt, write_receipt, **options):
        found, at = 0, timezone.now()
        with snapshot():
            one = self.find(case) if case else None
            for finding in self.findings(one, receipt, hidden=not options["verbosity"]):
                found += 1
                with tqdm.external_write_mode():
                    self.stdout.write(str(finding))
            if not found and write_receipt:
                self.write_receipt(Path(write_receipt))
        if not case:
            self.note(at, found)
        if found:
            raise CommandError(f"{found} found. What is stored is not what was written.", returncode=1)
        self.stdout.write("Everything is as it was written.")

    def note(self, at, found):
        """For `manage.py doctor`. Where nothing can be written a check is a check all the same."""
        try:
            note(CHECK, at, found=found)
        except OSError as error:
            self.stderr.write(f"When this was is noted nowhere: {error.strerror}.")

    def find(self, reference):
        case = Case.objects.filter(reference=reference).first()
        if case is None:
            raise CommandError(f"There is no case {reference}.")
        return case

    def findings(self, case, receipt, *, hidden):
        with tqdm(unit=" rows", disable=hidden) as progress:
            count = progress.update
            for one in [case] if case else Case.objects.order_by("pk").iterator():
                yield from check_chain(one, count=count)
            for model in chained_models():
                progress.set_description(str(model._meta.verbose_name))
                yield from check_records(model, case, count=count)
            if not case:
                yield from check_stubs()
            if receipt:
                yield from self.against(Path(receipt), case, count)

    def against(self, path, case, count):
        try:
            with path.open() as file:
                yield from check_receipt(file, case, count=count)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except (BadReceipt, ValueError):
            raise CommandError(f"{path} is no receipt of this service, or was changed.") from None

    def write_receipt(self, path):
        with path.open("w") as file:
            cases = write_receipt(file)
        self.stdout.write(f"{path}: {cases} cases. Keep it where the database is not.")
