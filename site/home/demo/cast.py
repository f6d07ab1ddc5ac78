"""Who signs in to the demo. The standing cast first; the others are link staff of the other schools."""

from dataclasses import dataclass
from unicodedata import normalize

from django.contrib.auth.hashers import make_password

from accounts.models import RoleRow, User
from accounts.services import grant_role

from .dated import as_of
from .places import OTHER_SERVICE, PLACES, SERVICE

PASSWORD = "fortnight-demo"
DOMAIN = "demo.example"
Kind = RoleRow.Kind


@dataclass(frozen=True)
class Player:
    """An account and its roles: pairs of a kind and the service or the URN of the school it is for."""

    name: str
    roles: tuple
    is_approver: bool = False

    @property
    def email(self):
        first_name = normalize("NFKD", self.name.split()[0]).encode("ascii", "ignore").decode()
        return f"{first_name.lower()}@{DOMAIN}"


def clinician(name, service, *urns):
    return Player(name, ((Kind.CLINICIAN, service), *((Kind.LINK_CLINICIAN, urn) for urn in urns)))


def link_staff(name, urn):
    return Player(name, ((Kind.LINK_STAFF, urn),))


ADA = Player("Ada Okafor", ((Kind.ADMINISTRATOR, SERVICE),))
CAST = [
    clinician("Priya Nair", SERVICE, 990001, 990003, 990006),
    clinician("Owen Pritchard", SERVICE, 990002, 990004, 990005),
    clinician("Noor Haddad", OTHER_SERVICE, 990007),
    link_staff("Sam Whitlock", 990001),
    Player("Dana Kowalczyk", ((Kind.LINK_STAFF, 990001), (Kind.SAFEGUARDING_LEAD, 990001))),
    Player("Hana Sørensen", ((Kind.BUDGET_HOLDER, 990001),), is_approver=True),
    Player("Bo Lindqvist", ((Kind.BUDGET_HOLDER, 990001),)),
    Player("Tess Abernathy", ((Kind.PLAN_READER, 990001),)),
    Player("Femi Adeyemi", ((Kind.SAFEGUARDING_LEAD, 990001),)),
    Player("Ruth Calloway", ((Kind.SERVICE_LEAD, SERVICE),)),
    Player("Kit Marlowe", ((Kind.COMMISSIONER, SERVICE),)),
    Player("Edie Farrow", ((Kind.EDITOR, SERVICE),)),
    ADA,
]
OTHERS = [
    link_staff("Marged Llwyd", 990002),
    Player("Colm Fahey", ((Kind.BUDGET_HOLDER, 990002),), is_approver=True),
    link_staff("Rosalind Achebe", 990003),
    link_staff("Bridget Thorne", 990004),
    link_staff("Yolanda Creswick", 990005),
    link_staff("Nerys Bellamy", 990006),
    link_staff("Delphine Mercier", 990007),
]


def names_by_place(kind):
    """Who has this kind of role, by the place it is for, in the order of the lists above."""
    found = {}
    for player in [*CAST, *OTHERS]:
        for role, place in player.roles:
            if role == kind:
                found.setdefault(place, []).append(player.name)
    return found


def open_accounts():
    """The accounts by name. They share one password, worked out once: that takes half a second."""
    password = make_password(PASSWORD)
    accounts = {}
    for player in [*CAST, *OTHERS]:
        first_name, last_name = player.name.split(" ", 1)
        user = User.objects.create_user(player.email, first_name=first_name, last_name=last_name)
        user.password = password
        user.save()
        accounts[player.name] = user
    return accounts


def grant_roles(accounts, services, partnerships, by, at):
    for player in [*CAST, *OTHERS]:
        for kind, place in player.roles:
            where = services.get(place) or partnerships[place]
            if kind == Kind.SAFEGUARDING_LEAD:
                where = where.school
            terms = {"is_approver": player.is_approver and kind == Kind.BUDGET_HOLDER}
            as_of(at, grant_role, accounts[player.name], kind, where, start_on=at.date(), by=by, **terms)


def sign_ins():
    """Rows for the table that is printed: name, roles in words, where, e-mail address."""
    schools = {place.urn: place.name for place in PLACES}
    rows = []
    for player in CAST:
        roles = [Kind(kind).label for kind, _ in player.roles if kind != Kind.LINK_CLINICIAN]
        roles += ["approver"] if player.is_approver else []
        where = player.roles[0][1]
        rows.append((player.name, " and ".join(roles), schools.get(where, where), player.email))
    return rows
