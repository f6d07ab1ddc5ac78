from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from home.backups import BadBackup, backup_key, file_in, make_backup, mark_good, place_in_use, thin
from web.words import counted


class Command(BaseCommand):
    help = (
        "Writes everything, the files of the library too, into one encrypted file, and tries it: restored "
        "into a database of its own, it must come back as it went in. Exits with 1 when it does not."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        where = "a file, or a folder, in which it is named after the time; without it the folder BACKUP_DIR"
        parser.add_argument("where", nargs="?", help=where)
        parser.add_argument("--key-file", metavar="FILE", help="where the key is, if not in BACKUP_KEY")
        parser.add_argument("--no-verify", dest="verify", action="store_false", help="do not try it")
        keep = "then leave in the folder one a day, of the last DAYS days that have one"
        parser.add_argument("--keep", type=int, metavar="DAYS", help=keep)

    def handle(self, *args, where, key_file, verify, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep takes a number from 1.")
        at = timezone.now()
        path = self.path(Path(where or settings.BACKUP_DIR), bool(where), at)
        try:
            self.make(path, key_file, verify, at, hidden=not options["verbosity"])
        except BadBackup as problem:
            raise CommandError(str(problem)) from None
        except OSError as problem:
            raise CommandError(f"{path} cannot be written: {problem.strerror}.") from None
        if keep and verify:
            gone = thin(path.parent, keep)
            self.stdout.write(f"{counted(len(gone), 'older backup')} deleted.")

    def path(self, where, named, at):
        if where.is_dir() or not named:
            return file_in(where, at)
        if where.exists():
            raise CommandError(f"{where} is there already. Name another file.")
        return where

    def make(self, path, key_file, verify, at, *, hidden):
        how = {"place": place_in_use(), "media": settings.MEDIA_ROOT, "key": backup_key(key_file), "at": at}
        with tqdm(unit="B", unit_scale=True, disable=hidden) as bar:
            manifest = make_backup(path, verify=verify, progress=bar.update, **how)
        rows = f"{sum(manifest['counts'].values()):,} rows"
        if not verify:
            self.stdout.write(f"{path}: {rows}. It was not tried, so it does not count as a good one.")
            return
        mark_good(path, at)
        self.stdout.write(f"{path}: {rows}, and all of it came back when it was tried.")
