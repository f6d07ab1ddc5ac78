from base64 import urlsafe_b64encode
from secrets import token_bytes

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Prints a new key for HISTORY_KEYS. Put it first and keep the others: what they signed needs them."
    requires_system_checks = []

    def handle(self, *args, **options):
        self.stdout.write(urlsafe_b64encode(token_bytes(32)).decode())
