import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from schools.services.register import apply_schools
from schools.services.register_file import FileRefused
from schools.services.register_rows import read_schools
from schools.services.school_links import apply_links, read_links


class Command(BaseCommand):
    help = (
        "Read the national register of schools (Get Information About Schools) from a CSV file, gzipped or "
        "not. Safe to run again. Nothing is deleted: within the local authorities of the file, a school that "
        "is not in it any more is marked."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="an extract of schools")
        parser.add_argument(
            "--la", metavar="CODE", help="read and judge only this local authority, such as 202"
        )
        parser.add_argument("--links", metavar="FILE", help="the file of predecessors and successors")

    def handle(self, *, file, la, links, **options):
        self._check(file, la, links)
        try:
            # Both are read before anything is written: a refused file leaves the database as it was.
            schools_file = file and read_schools(file, la=la, progress=self.progress)
            links_file = links and read_links(links, progress=self.progress)
        except FileRefused as error:
            raise CommandError(str(error)) from error
        with transaction.atomic():
            run = file and apply_schools(schools_file, on=timezone.localdate(), progress=self.progress)
            links_run = links and apply_links(links_file, progress=self.progress)
        if run:
            self._report(
                f"{run.added} added, {run.changed} changed, {run.unchanged} unchanged, "
                f"{run.closed_or_left} closed or left, {run.refused} refused",
                schools_file.refused,
            )
        if links_run:
            self._report(
                f"{links_run.added} links added, {links_run.changed} changed, "
                f"{links_run.unchanged} unchanged, {links_run.refused} refused",
                links_file.refused,
            )

    def _check(self, file, la, links):
        if not (file or links):
            raise CommandError("Name a file of schools, or a file of links with --links.")
        if la and not file:
            raise CommandError("--la goes with a file of schools.")
        if la is not None and not (len(la) == 3 and la.isascii() and la.isdigit()):
            raise CommandError(f"--la “{la}” is not a code of three digits, such as 202.")

    def _report(self, summary, refused):
        self.stdout.write(summary)
        for refusal in refused:
            self.stdout.write(str(refusal))

    def progress(self, rows, words):
        """A bar for a person, unless it is done in half a second; a line for a log."""
        if self.stderr.isatty():
            return tqdm(rows, desc=words, delay=0.5, leave=False, file=sys.stderr)
        if rows:
            self.stderr.write(words)
        return rows
