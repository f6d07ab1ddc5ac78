"""Invented names, in many of the ways names are written. No list of real children was used."""

FIRST = [
    "Robin", "Zoë", "Łukasz", "Amara", "Siân", "Mateo", "Aoife", "Yusuf", "Ottilie", "Kofi", "Mei", "Bram",
    "Noémie", "Tariq", "Freya", "Idris", "Anaïs", "Jonah", "Sunniva", "Dev", "Marisol", "Ewan", "Chidi",
    "Ragnhild", "Ilse", "Pádraig", "Safiya", "Tomasz", "Wren", "Hiro", "Blodwen", "Caspian", "Nkechi", "Ola",
    "Jürgen", "Leilani", "Percy", "Roisín", "Ayaan", "Thea", "Gwil", "Esmé", "Kasper", "Inés", "Joss",
]  # fmt: skip
LAST = [
    "Underhay", "Nguyễn-Holt", "O'Dwyer", "Szczygieł", "Adebowale", "Pennyfeather", "Åkesson", "Ferreira",
    "Thistlethwaite", "Kaur-Baines", "MacAskill", "Delacroix", "Ozturk", "Yarrowby", "Castellanos",
    "Mbeki-Lane", "Llewelyn", "Farrant", "Quenby", "Dragić", "Sokolova", "Ravensdale", "Chaudhry",
    "Winterbourne", "Fonoti", "Ashenden", "Mwangi", "Brockhurst", "Järvinen", "Obuya", "Trevanion",
]  # fmt: skip
# Names that pages have broken on elsewhere: written from right to left, very long, with a small letter.
HARD = [("ليان", "الشامي"), ("Maria-Eduarda", "Vasconcelos de Albuquerque Meireles"), ("Bo", "van der Aa")]
CLASSES = ["Otters", "Kestrels", "Hedgehogs", "Willow", "Rowan", "Badgers", "Swifts", "Maple"]


class Names:
    """Hands out each pair of names once, in an order that the seed decides."""

    def __init__(self, rng):
        self.first, self.last = rng.sample(FIRST, len(FIRST)), rng.sample(LAST, len(LAST))
        self.hard, self.given = list(HARD), 0

    def next(self):
        number, self.given = self.given, self.given + 1
        # Each time round the first names, the last names move on by one.
        turn = number // len(self.first)
        return self.first[number % len(self.first)], self.last[(number + turn) % len(self.last)]

    def next_hard(self):
        """One of the hard names, for where people look first; then as usual."""
        return self.hard.pop(0) if self.hard else self.next()
