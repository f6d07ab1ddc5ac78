"""What a cycle held over time: the goals and steps of all its versions that were in force, since when."""

from itertools import groupby

from django.utils import timezone

from web.words import longdate


def goals_of(cycle):
    """Pairs of a goal, as it was agreed last, and since when in words: "" where all versions held it."""
    return _held(cycle, lambda version: version.goals.all(), lambda goal: goal.identity, _whole)


def steps_of(cycle):
    """The same of steps. Done more or less often it is another; replaced before it began it is none."""
    return _held(cycle, lambda version: version.steps.all(), _says, _carried_out)


def _says(step):
    return step.what, step.how_often


def _held(cycle, parts_of, key, narrowed):
    versions = in_force_of(cycle)
    found = {}
    for number, version in enumerate(versions):
        for part in parts_of(version):
            found.setdefault(key(part), {})[number] = part
    rows = [
        (part_by, [narrowed(*spell) for spell in _spells(part_by, versions)]) for part_by in found.values()
    ]
    return [(_newest(part_by), _in_words(spells)) for part_by, spells in rows if any(spells)]


def in_force_of(cycle):
    """The versions that came into force, the oldest first; before there is one, the version to show."""
    return [version for version in cycle.versions if version.agreed_at] or [cycle.version]


def _newest(part_by):
    return part_by[max(part_by)]


def _spells(part_by, versions):
    """(part, from, until) of each row of versions that held it; None at the ends of the cycle."""
    for _, run in groupby(enumerate(sorted(part_by)), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        first, after = numbers[0], numbers[-1] + 1
        begun = _agreed_on(versions[first]) if first else None
        yield part_by[numbers[-1]], begun, _agreed_on(versions[after]) if after < len(versions) else None


def _agreed_on(version):
    return timezone.localdate(version.agreed_at)


def _whole(goal, begun, until):
    return begun, until


def _carried_out(step, begun, until):
    if until and step.from_on > until:
        return None
    return begun and max(begun, step.from_on), until


def _in_words(spells):
    said = [_spell(*spell) for spell in spells if spell]
    return " and ".join(filter(None, said))


def _spell(begun, until):
    words = [f"from {longdate(begun)}" if begun else "", f"until {longdate(until)}" if until else ""]
    return " ".join(filter(None, words))
