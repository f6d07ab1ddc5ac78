from base64 import urlsafe_b64encode
from secrets import token_bytes

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Prints a new key for backups. Keep it where the backups are not, and as long as there are any."
    requires_system_checks = []

    def handle(self, *args, **options):
        self.stdout.write(urlsafe_b64encode(token_bytes(32)).decode())
