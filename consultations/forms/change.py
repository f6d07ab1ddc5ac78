from django import forms

from web.layout import Section

from .talk import TalkForm


class ConsultationChangeForm(TalkForm):
    """C3e: the same page later, with the reason for the change."""

    called = TalkForm.called | {"reason": "why you are changing this"}

    reason = forms.CharField(
        label="Why are you changing this?", help_text="The old version is kept.", max_length=200
    )

    def layout(self):
        return [
            self.people_section(),
            Section("Agreed", "agreed", "clinical_note", self.details(), *self.when()),
            Section("This change", "reason"),
        ]
