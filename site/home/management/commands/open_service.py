from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleRow, User
from accounts.services import grant_role
from schools.models import Service
from schools.services import open_service

Kind = RoleRow.Kind
PERSON = {"nargs": 3, "metavar": ("EMAIL", "FIRST_NAME", "LAST_NAME")}


class Command(BaseCommand):
    help = (
        "Opens a service with its first administrator and its first service lead, and prints a link for "
        "each to set a password. Everybody else is invited by them. Run again for a service that has lost "
        "its last administrator or lead, it takes a new one."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name of the service")
        parser.add_argument("--administrator", **PERSON)
        parser.add_argument("--lead", **PERSON)

    @transaction.atomic
    def handle(self, *args, name, administrator, lead, **options):
        service = Service.objects.filter(name=name).first()
        wanted = {Kind.ADMINISTRATOR: administrator, Kind.SERVICE_LEAD: lead}
        wanted = {kind: person for kind, person in wanted.items() if person}
        self.refuse_what_is_not_needed(service, wanted)
        try:
            people = {kind: account(*person) for kind, person in wanted.items()}
            by = next(iter(people.values()))
            service = service or open_service(name, by=by)
            for kind, person in people.items():
                grant_role(
                    person, kind, service, start_on=timezone.localdate(), by=by, reason="Set up on the server"
                )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        for kind, person in people.items():
            self.stdout.write(f"{kind.label}: {person}, {person.email}\n{how_to_sign_in(person)}")

    def refuse_what_is_not_needed(self, service, wanted):
        if service is None and len(wanted) < 2:
            raise CommandError("A new service needs an administrator and a lead: see --help.")
        if not wanted:
            raise CommandError("Name an administrator or a lead: see --help.")
        if len({email.lower() for email, *_ in wanted.values()}) < len(wanted):
            raise CommandError("The administrator and the lead are two people.")
        for kind in wanted:
            rows = RoleRow.objects.current(timezone.localdate()).filter(kind=kind, person__is_active=True)
            if service and rows.filter(service=service).exists():
                raise CommandError(f"{service} has this role filled already: {kind.label.lower()}.")


def account(email, first_name, last_name):
    known = User.objects.filter(email=email.lower()).first()
    return known or User.objects.create_user(email, first_name=first_name, last_name=last_name)


def how_to_sign_in(person):
    """A link like the one of "Forgotten your password", because no password is set yet."""
    if person.has_usable_password():
        return "  has an account already"
    key = default_token_generator.make_token(person)
    link = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    return f"  set a password: {settings.WAGTAILADMIN_BASE_URL}{link}"
