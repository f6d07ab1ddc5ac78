import json
from types import SimpleNamespace

from django.core.management.base import BaseCommand
from django.utils import timezone

from home.doctor import MENDING, examine


class Command(BaseCommand):
    help = (
        "Says whether this installation is well: OK, WARNING or MENDING NEEDED for each thing, and how to "
        "mend it. Changes nothing. Exits with 1 when something must be mended."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for a program that watches")
        parser.add_argument("--send-to", default="", metavar="ADDRESS", help="also send a test e-mail there")
        parser.add_argument(
            "--clock", default="", metavar="URL", help="compare the clock with that site's too"
        )

    def handle(self, *args, send_to, clock, **options):
        asked = SimpleNamespace(now=timezone.now(), send_to=send_to, clock=clock)
        findings = []
        for finding in examine(asked):
            findings.append(finding)
            if not options["json"]:
                self.stdout.write(str(finding))
        if options["json"]:
            self.stdout.write(json.dumps([finding.as_json() for finding in findings]))
        if any(finding.level == MENDING for finding in findings):
            raise SystemExit(1)
