"""GET forms: which fortnights to look at, and of which schools."""

from django import forms

from web.forms import NhsForm


class CoverageFilter(NhsForm, forms.Form):
    """`spans` have a key and a name; `phases` are words. What it does not know it leaves out."""

    span = forms.ChoiceField(label="Term or school year", required=False)
    phase = forms.ChoiceField(label="Phase", required=False)

    def __init__(self, asked, *, spans, first, phases=()):
        by_key = {span.key: span for span in spans}
        self.chosen = by_key.get(asked.get("span"), first)
        self.phase = asked.get("phase") if asked.get("phase") in phases else ""
        super().__init__(initial={"span": self.chosen and self.chosen.key, "phase": self.phase})
        self.fields["span"].choices = [(span.key, span.name) for span in spans]
        self.fields["phase"].choices = [("", "All phases"), *((phase, phase) for phase in phases)]
        if len(phases) < 2:
            del self.fields["phase"]

    @property
    def asked(self):
        """What a link to the same choice has in it."""
        return {"span": self.chosen.key} | ({"phase": self.phase} if self.phase else {})
