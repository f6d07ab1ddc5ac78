from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from accounts.models import RoleRow
from accounts.models.reference import ALPHABET
from accounts.querysets import TrackedQuerySet
from schools.models import YearGroup, academic_year_from, academic_year_of
from schools.models.year_group import TO_RECEPTION
from schools.querysets import partnerships_open_to
from web.prepared import Name

from .names import beginning, begins, folded
from .share import open_shares

Kind = RoleRow.Kind
MOST_WORDS = 4
DRAWN = 7


class CaseQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Clinicians: all of their partnerships. Link staff: those of which something is shared with them."""
        match role.kind:
            case Kind.CLINICIAN | Kind.SERVICE_LEAD:
                return self.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                shared = Exists(open_shares("link_staff", case=OuterRef("pk")))
                return self.filter(partnerships_open_to(role, "partnership__"), shared)
        return self.none()

    def called(self, ways):
        """Those called in one of some `ways_to_be_called`.

        Each is asked by itself: its index has the names of one school together, and in one condition of all
        PostgreSQL would look through those of every school.
        """
        if not ways:
            return self.none()
        first, *others = [self.filter(*map(_is_so, way)).order_by().values("pk") for way in ways]
        return self.model.objects.filter(pk__in=first.union(*others))

    def about(self, theme):
        """Those with a consultation of this theme, or of the one with this key."""
        talks = apps.get_model("consultations.ConsultationTheme").objects.filter(theme=theme)
        return self.filter(Exists(talks.filter(consultation__case=OuterRef("pk"))))

    def in_year_group(self, year, today):
        """Those in a year group today, as `Case.year_group_on` says it."""
        a_child = Q(subject="child")
        return self.filter(a_child & _child_in(year, today) | ~a_child & Q(year_group=year))

    def for_list(self):
        """What one row of the search shows, newest first, in one query."""
        return self.select_related("partnership__school").order_by("-pk")

    def for_page(self):
        return self.select_related(
            "partnership__school", "partnership__service__plan_rules", "partnership__plan_rules"
        )


def ways_to_be_called(typed):
    """The ways in which a case can be called what was typed, as plain values: for each the columns that have
    to fit together, with the text that each begins with and the first that no longer does, or None for the
    end where it is this text. None of them where nobody is called so.

    First and last name may both be there, in either order; a reference without its letter, in small
    letters, with or without hyphens. Accents, capitals, apostrophes and hyphens make no difference.
    """
    typed = typed.replace("\0", "").replace(",", " ")
    words = folded(typed).split()[:MOST_WORDS]
    whole = " ".join(words)
    ways = [_reference("".join(typed.split()[:MOST_WORDS]))]
    ways += [_names(**{name: whole}) for name in ("first_name", "last_name", "group_name")]
    for end in range(1, len(words)):
        one, other = " ".join(words[:end]), " ".join(words[end:])
        ways += [_names(first_name=one, last_name=other), _names(first_name=other, last_name=one)]
    return tuple(way for way in ways if way)


def _names(**begun):
    """The columns, and with what each begins; None where no name begins so."""
    spans = [(Name(column), beginning(words)) for column, words in begun.items()]
    return tuple((column, *span) for column, span in spans) if all(span for _, span in spans) else None


def _reference(typed):
    drawn = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    drawn = drawn.removeprefix("C") if len(drawn) > DRAWN else drawn
    return ((Name("reference"), f"C-{drawn[:4]}-{drawn[4:]}", None),) if len(drawn) == DRAWN else None


def _is_so(condition):
    column, text, end = condition
    return Q(**{column: text}) if end is None else begins(column, text, end)


def _child_in(year, today):
    """One condition for each academic year in which the case may have opened, with the year group of then;
    by age where none was written."""
    this_year = academic_year_of(today)
    born = academic_year_from(this_year - year - TO_RECEPTION)
    found = Q(year_group=None, date_of_birth__range=born)
    for then in range(YearGroup.NURSERY, year + 1):
        opened = academic_year_from(this_year - year + then)
        found |= Q(year_group=then, opened_on__range=opened)
    return found
