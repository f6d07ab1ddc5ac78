"""What must not go from a case into the library: names, and whatever else leads back to it."""

import re
from dataclasses import dataclass

from consultations.models import ConsultationPerson
from schools.models import SchoolPerson

from .named_before import bare, names_in, names_of_children

# Initials of a child that schools write for something else.
COMMON = {
    *("CP", "DT", "EP", "FS", "GP", "HT", "IT", "LA", "MH", "OT", "PA", "PC", "PE", "PP", "RE"),
    *("SEN", "SLT", "TA", "TV", "UK"),
}
# Words at the end of a school's name that many schools share.
WORDS_OF_MANY = """
    school schools primary infant infants junior nursery first middle secondary high upper lower academy
    college community church of england ce cofe c e rc catholic voluntary aided controlled and federation
"""
OF_MANY = frozenset(WORDS_OF_MANY.split())


@dataclass(frozen=True)
class Telling:
    """Words that tell whom something is about: `names` of children, and `phrases` that count as a whole."""

    names: frozenset
    phrases: frozenset
    initials: tuple

    def found_in(self, text):
        """Each as it is known, once; [] where the text could be about any child."""
        phrases = [phrase for phrase in sorted(self.phrases) if stands_in(phrase, text)]
        initials = [" ".join(self.initials)] if self.initials and initials_in(self.initials, text) else []
        named = names_in(text, self.names)
        return named + [one for one in phrases + initials if one not in named]


def telling_words(case, role):
    """What a text written from this case must not hold. Of children only those that `role` may know of."""
    people = SchoolPerson.objects.filter(partnership=case.partnership_id).values_list("name", flat=True)
    took_part = ConsultationPerson.objects.filter(consultation__case=case).values_list("name", flat=True)
    known = {case.group_name, case.reference, own_name(case.partnership.school.name), *people, *took_part}
    letters = tuple(bare(name)[0].upper() for name in (case.first_name, case.last_name) if bare(name))
    return Telling(
        names=frozenset(names_of_children(case.partnership, role)),
        phrases=frozenset(phrase.strip() for phrase in known if phrase.strip()),
        initials=letters if len(letters) > 1 else (),
    )


def own_name(school):
    """What tells a school from others: "Quillbrook" of "Quillbrook Primary School"."""
    words = school.split()
    while len(words) > 1 and words[-1].strip(".,()").casefold() in OF_MANY:
        words.pop()
    return " ".join(words)


def stands_in(phrase, text):
    """A single word must be written just so: somebody called "Page" is not on every page."""
    flags = re.IGNORECASE if " " in phrase else 0
    return bool(re.search(rf"(?<!\w){re.escape(bare(phrase))}(?!\w)", bare(text), flags))


def initials_in(letters, text):
    """With a full stop after the first they count always, without one unless they are a word of schools."""
    dotted = r"\.\s?".join(map(re.escape, letters))
    if re.search(rf"(?<!\w){dotted}(?!\w)", bare(text)):
        return True
    plain = "".join(letters)
    return plain not in COMMON and bool(re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", bare(text)))
