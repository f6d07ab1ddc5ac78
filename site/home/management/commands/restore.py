from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from tqdm import tqdm

from home.backups import BadBackup, backup_key, place_in_use, restore, stamp_of
from web.words import moment


class Command(BaseCommand):
    help = (
        "Puts a backup in the place of the database and the files of the library: whole, or not at all. Stop "
        "the server and the worker before. What was there is kept beside, under a name that it prints."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--key-file", metavar="FILE", help="where the key is, if not in BACKUP_KEY")
        in_use = "its name, if somebody works in the database already"
        parser.add_argument("--replace", default="", metavar="NAME", help=in_use)

    def handle(self, *args, file, key_file, replace, **options):
        connections.close_all()
        hidden = not options["verbosity"]
        try:
            manifest, kept, files = self.restore(Path(file), key_file, replace, hidden=hidden)
        except BadBackup as problem:
            raise CommandError(f"{problem} Nothing was restored.") from None
        except OSError as problem:
            raise CommandError(f"{problem.filename or file}: {problem.strerror}.") from None
        made = moment(parse_datetime(manifest["made_at"]))
        self.stdout.write(f"Restored as it stood on {made}, from Fortnight {manifest['fortnight']}.")
        for before in filter(None, (kept, files)):
            self.stdout.write(f"What was there before is kept as {before}.")
        self.check(options["verbosity"])

    def restore(self, path, key_file, replace, *, hidden):
        key, media, stamp = backup_key(key_file), Path(settings.MEDIA_ROOT), stamp_of(timezone.now())
        with tqdm(total=path.stat().st_size, unit="B", unit_scale=True, disable=hidden) as bar:
            how = {"replace": replace, "stamp": stamp, "progress": bar.update}
            return restore(path, place=place_in_use(), media=media, key=key, **how)

    def check(self, verbosity):
        """The chains of all cases, which the code here reads once the tables are up to date."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("It is from an older Fortnight. Now run manage.py migrate and verify_history.")
            return
        call_command("verify_history", verbosity=verbosity, stdout=self.stdout)
