"""What must not go from a case into the library: names, and whatever else leads back to it."""

import re
from dataclasses import dataclass

from consultations.models import ConsultationPerson
from schools.models import SchoolPerson

from .named_before import POSSESSIVE, WORD, bare, names_in, names_of_children, parts_of

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
ARTICLES = frozenset({"the", "a", "an"})
# What stands beside a name, or in its place, where an adult is written down: titles, jobs and families.
WORDS_OF_ADULTS = """
    mr mrs ms miss mx dr sir madam prof professor rev reverend
    head headteacher deputy assistant teacher teaching class form tutor year group key stage reception
    senco sendco send lead leader staff nurse office officer manager support worker mentor learning
    pastoral family safeguarding governor cover supply caretaker adult child pupil
    mum mam mom dad mother father parent parents carer carers gran grandma nan grandad aunt uncle
    sister brother
"""
NO_NAMES = OF_MANY | ARTICLES | frozenset(WORDS_OF_ADULTS.split())


@dataclass(frozen=True)
class Telling:
    """Words that tell whom something is about: `names` count each, `phrases` as a whole."""

    names: frozenset
    phrases: frozenset
    initials: tuple

    def found_in(self, text):
        """Each once; [] where the text could be about any child."""
        phrases, rest = [], bare(text)
        for phrase in sorted(self.phrases):
            # A word in its place, so that the next one does not begin a sentence.
            rest, times = as_pattern(phrase).subn("x", rest)
            phrases += [phrase] if times else []
        found = names_in(rest, self.names) + phrases + initials_in(self.initials, rest)
        return list(dict.fromkeys(found))


def telling_words(case, role):
    """What a text written from this case must not hold. Of children only those that `role` may know of."""
    school = own_name(case.partnership.school.name)
    adults = names_of_adults(case)
    parts = {part for name in adults for part in parts_of_adult(name)}
    # A school of one word is found as a name is, in small letters too.
    alone = {POSSESSIVE.sub("", bare(school))} if is_one_word(school) else set()
    known = {case.group_name, case.reference, "" if alone else school}
    known |= {name for name in adults if not is_one_word(name)}
    letters = tuple(bare(name)[0].upper() for name in (case.first_name, case.last_name) if bare(name))
    return Telling(
        names=frozenset(names_of_children(case.partnership, role) | parts | alone),
        phrases=frozenset(phrase.strip() for phrase in known if phrase.strip()),
        initials=letters if len(letters) > 1 else (),
    )


def names_of_adults(case):
    """People of the school, and who took part. One who is written down as "Class teacher" has no name."""
    people = SchoolPerson.objects.filter(partnership=case.partnership_id).values_list("name", flat=True)
    took_part = ConsultationPerson.objects.filter(consultation__case=case).values_list("name", flat=True)
    return {name.strip() for name in (*people, *took_part) if parts_of_adult(name)}


def parts_of_adult(name):
    """Such as "Okoro" of "Mr Okoro (TA)": what is a name, without title and job."""
    words = [POSSESSIVE.sub("", word) for word in parts_of(name)]
    return [word for word in words if word.casefold() not in NO_NAMES and word not in COMMON]


def own_name(school):
    """What tells a school from others: "Quillbrook" of "Quillbrook Primary School"; "" of "The College"."""
    words = school.split()
    while words and as_word(words[-1]) in OF_MANY:
        words.pop()
    while words and as_word(words[0]) in ARTICLES:
        words.pop(0)
    return " ".join(words)


def as_word(word):
    return re.sub(r"\W", "", word).casefold()


def is_one_word(name):
    return bool(WORD.fullmatch(bare(name)))


def as_pattern(phrase):
    """A single word must be written just so: a group called "Otters" is not meant by "otters"."""
    flags = 0 if is_one_word(phrase) else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(bare(phrase))}(?!\w)", flags)


def initials_in(letters, text):
    """As they are written. With a full stop after the first they count always, without one unless they are a
    word of schools."""
    if not letters:
        return []
    ways = [r"\.\s?".join(map(re.escape, letters)) + r"(?!\w)\.?"]
    plain = "".join(letters)
    if plain not in COMMON:
        ways.append(rf"{re.escape(plain)}(?!\w)")
    return re.findall(rf"(?<!\w)(?:{'|'.join(ways)})", text)
