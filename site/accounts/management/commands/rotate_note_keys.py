from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.services.note_keys import encrypted_columns, rotate_column


class Command(BaseCommand):
    help = "Writes every encrypted text again under the first of NOTE_KEYS. Safe to run again, and in use."

    def handle(self, *args, **options):
        for model, field in encrypted_columns():
            with tqdm(desc=f"{model._meta.label}.{field.name}", unit=" rows") as progress:
                try:
                    rotate_column(model, field, count=progress.update)
                except InvalidToken:
                    raise CommandError(
                        f"None of the keys of NOTE_KEYS opens a row of {model._meta.label}. Nothing is lost: "
                        "put the key it was written with back into NOTE_KEYS and run this again."
                    ) from None
        self.stdout.write("Done. Every text is under the first key: the others can go.")
