from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from resources.services import load_library


class Command(BaseCommand):
    help = (
        "Makes the library's front page and its first strategies. Pages that are there stay as they are, and "
        "what was deleted stays deleted."
    )

    def add_arguments(self, parser):
        parser.add_argument("--by", metavar="E-MAIL", help="who stands in the history of the new pages")

    def handle(self, *args, by=None, **options):
        added = load_library(self.find_person(by) if by else None)
        self.stdout.write(f"Strategies added: {len(added)}")

    def find_person(self, email):
        person = get_user_model().objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {email}.")
        return person
