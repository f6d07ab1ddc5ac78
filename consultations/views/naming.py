import json

from accounts.services import digest_of
from consultations.models import Case
from consultations.services import Names, names_in, names_of_children


class AsksAboutNames:
    """Asks once where work without names holds the name of a child who was named here before.

    Only names that the reader may know: a warning must not tell a school whom we have talked about.
    """

    named = ()

    def must_ask_about_names(self, texts, *, lane, partnership):
        """`texts` are (question, text). The second press saves while the same names stand where they did."""
        self.named = self.names_among(texts, partnership) if lane == Case.Lane.NO_NAMES else []
        return bool(self.named) and self.request.POST.get("names_seen") != self.names_digest()

    def names_among(self, texts, partnership):
        names = Names(names_of_children(partnership, self.role))
        found = [(question, names_in(text, names)) for question, text in texts]
        return [(question, words) for question, words in found if words]

    def names_digest(self):
        return digest_of(json.dumps(self.named)) if self.named else ""

    def about_names(self):
        """The context of `consultations/named.html`."""
        return {"named": self.named, "names_seen": self.names_digest()}
