"""GET forms: which fortnights to look at, and of which schools."""

from django import forms

from web.forms import NhsForm


class CoverageFilter(NhsForm, forms.Form):
    """`spans` have a key and a name; `phases` and `areas` are words. What it does not know it leaves out."""

    span = forms.ChoiceField(label="Term or school year", required=False)
    phase = forms.ChoiceField(label="Phase", required=False)
    area = forms.ChoiceField(label="Local authority", required=False)

    def __init__(self, asked, *, spans, first, phases=(), areas=()):
        by_key = {span.key: span for span in spans}
        self.chosen = by_key.get(asked.get("span"), first)
        self.phase = asked.get("phase") if asked.get("phase") in phases else ""
        self.area = asked.get("area") if asked.get("area") in areas else ""
        super().__init__(
            initial={"span": self.chosen and self.chosen.key, "phase": self.phase, "area": self.area}
        )
        self.fields["span"].choices = [(span.key, span.name) for span in spans]
        self.offer("phase", phases, "All phases")
        self.offer("area", areas, "All local authorities")

    def offer(self, name, words, every):
        """A question only where there is something to choose."""
        if len(words) < 2:
            del self.fields[name]
        else:
            self.fields[name].choices = [("", every), *((one, one) for one in words)]

    @property
    def asked(self):
        """What a link to the same choice has in it."""
        found = {"span": self.chosen.key, "phase": self.phase, "area": self.area}
        return {name: value for name, value in found.items() if value}

    @property
    def in_words(self):
        """The choice but for the term, to be read behind its name."""
        return "".join(f", {one}" for one in (self.phase, self.area) if one)

    def takes(self, school):
        return self.phase in ("", school.phase) and self.area in ("", school.la_name)
