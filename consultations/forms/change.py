from datetime import datetime

from django import forms

from consultations.models import Consultation, ConsultationPerson, Tried
from web.layout import Section
from web.words import moment

from .talk import TalkForm


class ConsultationChangeForm(TalkForm):
    """C3e: the same page later, with the reason for the change."""

    called = TalkForm.called | {"reason": "why you are changing this"}

    goes_with = {
        "minutes": ("minutes", "other_minutes"),
        "held_at": ("held_on", "held_time"),
        "staff": ("staff", "other_name", "other_job", "other_organisation"),
    }

    reason = forms.CharField(
        label="Why are you changing this?",
        help_text="The old version is kept. Leave out what is for clinicians only.",
        max_length=200,
    )

    def layout(self):
        return [
            self.people_section(),
            Section("Agreed", *self.two_boxes(), self.details(), *self.when()),
            Section("This change", "reason"),
        ]

    def differences(self, saved, note):
        """(name, question, as saved now, as typed here) of every answer that reads differently."""
        content = self.content()
        typed = Consultation(**content.fields)
        people = [ConsultationPerson(**person) for person in content.people]
        tried = [Tried(what=what, effect=effect) for what, effect in content.tried]
        found = [
            (name, self.question(name), shown(saved, name), shown(typed, name)) for name in content.fields
        ]
        found += [
            ("staff", self.question("staff"), lines(saved.people.all()), lines(people)),
            ("themes", self.question("themes"), lines(saved.theme_rows.all()), lines(content.themes)),
            ("tried", "What the school tried", lines(saved.tried.all()), lines(tried)),
            ("clinical_note", self.question("clinical_note"), note, content.clinical_note),
        ]
        return [row for row in found if row[2] != row[3]]

    def question(self, name):
        return self.fields[name].label if name in self.fields else "When did it happen?"


def shown(record, name):
    value = getattr(record, name)
    if isinstance(value, datetime):
        return moment(value)
    in_words = getattr(record, f"get_{name}_display", None)
    return in_words() if in_words else "" if value is None else str(value)


def lines(rows):
    return "\n".join(sorted(str(row) for row in rows))
