"""Makes of the demo's six schools a service of up to 60: each block of schools has its own people, five share
their clinicians, and all have one lead. Keys become ranks from 0 in each table, which is what SQL adds to."""

from itertools import count

from .tables import is_numbered, models, references

BLOCKS_OF_A_TEAM = 5
NUMBERS_OF_A_BLOCK = 100
SERVICE, TEAM, BLOCK = range(3)


def levels(unit):
    """{(model, key): whether the whole service has it once, each team, or each block}"""
    people, found = people_at(unit), {}

    def level(model, key):
        if (model, key) not in found:
            found[model, key] = SERVICE  # while it is worked out: rows may refer to one another
            found[model, key] = own(model, key)
        return found[model, key]

    def own(model, key):
        name, row = model._meta.model_name, unit.rows[model][key]
        if name == "user":
            return people.get(key, SERVICE)
        if name in ("school", "partnership"):
            return BLOCK
        others = [(other, row[column]) for column, other in references(model).items()]
        return max((level(*other) for other in others if other[1] is not None), default=SERVICE)

    for model, rows in unit.rows.items():
        for key in rows:
            level(model, key)
    return found


def people_at(unit):
    """Where somebody works, from their roles."""
    at = {}
    for role in unit.of("rolerow").values():
        here = TEAM if role["kind"] in ("clinician", "link_clinician") else SERVICE
        if role["kind"] != "link_clinician" and (role["partnership_id"] or role["school_id"]):
            here = BLOCK
        at[role["person_id"]] = max(here, at.get(role["person_id"], SERVICE))
    return at


class Blocks:
    """A unit as so many blocks of schools. `rows(model)` gives its rows, `count(model)` how many."""

    def __init__(self, unit, blocks):
        self.unit, self.blocks, self.levels = unit, blocks, levels(unit)
        self.ranks = {model: dict(self.ranked(model)) for model in unit.rows}

    def index(self, level, block):
        return {SERVICE: 0, TEAM: block // BLOCKS_OF_A_TEAM, BLOCK: block}[level]

    def ranked(self, model):
        """((key, index), rank): block after block, so that what belongs together lies together."""
        ranks = count()
        for block in range(self.blocks):
            for key in self.unit.rows[model]:
                level = self.levels[model, key]
                if block == 0 or self.index(level, block) != self.index(level, block - 1):
                    yield (key, self.index(level, block)), next(ranks)

    def count(self, model):
        return len(self.ranks[model])

    def rank(self, model, key, block):
        return self.ranks[model][key, self.index(self.levels[model, key], block)]

    def first_block(self, level, index):
        return index * BLOCKS_OF_A_TEAM if level == TEAM else index

    def rows(self, model):
        for (key, index), rank in self.ranks[model].items():
            block = self.first_block(self.levels[model, key], index)
            yield self.row(model, self.unit.rows[model][key], block, index) | self.own_key(model, rank)

    def own_key(self, model, rank):
        pk = model._meta.pk
        return {} if pk.column in references(model) else {pk.column: rank}

    def row(self, model, row, block, index):
        name, refers = model._meta.model_name, references(model)
        new = {
            column: value
            if value is None or column not in refers
            else self.rank(refers[column], value, block)
            for column, value in row.items()
        }
        if is_numbered(model):
            new["number"] += NUMBERS_OF_A_BLOCK * block
        if name == "user":
            new["email"] = f"{index}.{row['email']}"
        if name == "school" and index:
            new["name"] = f"{row['name']} {index + 1}"
        if name == "reading":
            case = next(m for m in models() if m._meta.model_name == "case")
            new["record"] = self.rank(case, row["case_id"], block)
        return new
