from django import forms

from consultations.models import HowItWent, Review
from consultations.services import ReviewContent
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Radios, Rating, Section

from .confidence import OUT_OF_TEN, Confidence, confidence
from .rows import WithRows
from .steps import AsksAboutSteps, keyed

Overall = Review.Overall
OF_TEN = "a whole number from 0 to 10"
ENDS = (Overall.FINISHED, Overall.STOPPED)
NTH = ("first", "second", "third", "fourth", "fifth", "sixth")


class ReviewForm(AsksAboutSteps, WithRows, NhsForm, forms.Form):
    """S3: one question has to be answered. Nothing is chosen beforehand but the next date.

    `last_ratings()` and `suggestions()` give words to stand below the question about a goal, and below the
    first about a step, by its identity.
    """

    called = {
        "overall": "how the plan is going",
        "note": "the note",
        "what_next": "what you will do now",
        "confidence": "how confident staff feel",
    }

    overall = forms.ChoiceField(
        label="How is the plan going?",
        help_text="Choose the closest. You can add detail below.",
        choices=Overall.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Anything to add? (optional)",
        help_text="The school and the clinician both read this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    talk_at_next_visit = forms.ChoiceField(
        label="Shall we talk about this at the next visit?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        required=False,
    )
    what_next = forms.ChoiceField(
        help_text="The plan cannot go on unchanged.",
        choices=Review.WhatNext.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    confidence = confidence("How confident do staff feel about helping with this now? (optional)")
    next_review_on = NhsDateField(
        name_of_it="next review date",
        label="When is the next review?",
        help_text="We have left out school holidays. Not needed when the plan has ended.",
        required=False,
    )

    def __init__(self, *args, goals, steps, last_ratings, suggestions, without_headway=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what_next"].label = no_goal_moved(without_headway + 1)
        self.goals = dict(keyed(goals))
        for key, goal in self.goals.items():
            self.fields[f"goal_{key}"] = forms.TypedChoiceField(
                label=f"{goal.what}: how close is this now?",
                choices=OUT_OF_TEN,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": f"How close “{goal.what}” is now must be {OF_TEN}"},
            )
        self.ask_about(steps)
        self.last_ratings, self.suggestions = last_ratings, suggestions

    def show_hints(self):
        """They are asked for where the form is drawn, and not where it is saved."""
        last, told = self.last_ratings(), self.suggestions()
        for key, goal in self.goals.items():
            self[f"goal_{key}"].help_text = last.get(goal.identity, "")
        for key, step in self.steps.items():
            self[f"happened_{key}"].help_text = told.get(step.identity, "")

    def as_in(self, review):
        """This form, not sent yet, with the answers of a saved review. Returns the form."""
        names = ("overall", "note", "what_next", "confidence", "next_review_on")
        self.initial = {name: getattr(review, name) for name in names}
        self.initial["talk_at_next_visit"] = "yes" if review.talk_at_next_visit else "no"
        ratings = {row.goal.identity: row.rating for row in review.ratings.all()}
        self.initial |= {f"goal_{key}": ratings.get(goal.identity) for key, goal in self.goals.items()}
        answers = {row.step.identity: row for row in review.answers.all()}
        for key, step in self.steps.items():
            for name in HowItWent.QUESTIONS:
                self.initial[f"{name}_{key}"] = getattr(answers.get(step.identity), name, "")
        return self

    def layout(self):
        self.show_hints()
        ratings = [
            Rating(f"goal_{key}", low=goal.at_zero, high=goal.at_ten) for key, goal in self.goals.items()
        ]
        return [
            Radios("overall", legend_size="m"),
            Section("Goals (optional)", *ratings),
            Section("What adults did (optional)", *self.step_layout(), hint="Answer for a normal week."),
            Section("Staff (optional)", Confidence("confidence")),
            Section(
                "Next", *self.headway(), "note", Radios("talk_at_next_visit", inline=True), "next_review_on"
            ),
        ]

    def headway(self):
        """Asked only when it has to be answered, or was."""
        asked = "what_next" in self.errors or self["what_next"].value()
        return [Radios("what_next")] if asked else []

    def clean(self):
        data = super().clean()
        data["talk_at_next_visit"] = data.get("talk_at_next_visit") or "no"
        if data.get("overall") in ENDS:
            self.errors.pop("next_review_on", None)
            data["next_review_on"] = None
        elif data.get("overall") and not data.get("next_review_on") and "next_review_on" not in self.errors:
            self.add_error("next_review_on", "Enter the next review date")
        return data

    def content(self):
        data = self.cleaned_data
        ratings = {goal: data[f"goal_{key}"] for key, goal in self.goals.items()}
        return ReviewContent(
            overall=data["overall"],
            note=data["note"],
            talk_at_next_visit=data["talk_at_next_visit"] == "yes",
            next_review_on=data["next_review_on"],
            confidence=data["confidence"],
            what_next=data["what_next"],
            ratings={goal: rating for goal, rating in ratings.items() if rating is not None},
            answers=self.step_answers(),
        )


def no_goal_moved(number):
    nth = NTH[number - 1] if number <= len(NTH) else f"{number}th"
    return f"This is the {nth} review with no goal moved. What will you do now?"


class AgreeForm(WithRows, NhsForm, forms.Form):
    """S8: two clicks, or one and a sentence."""

    called = {"answer": "if you agree", "change": "what should change"}

    answer = forms.ChoiceField(
        label="Do you agree with this plan?",
        choices=[("agree", "Agree"), ("change", "Ask for a change")],
        widget=forms.RadioSelect,
    )
    change = forms.CharField(
        label="What should change?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def layout(self):
        return [Radios("answer", legend_size="m", reveals={"change": ["change"]})]

    def clean(self):
        data = super().clean()
        if data.get("answer") == "change" and not data.get("change") and "change" not in self.errors:
            self.add_error("change", "Enter what should change")
        if data.get("answer") == "agree":
            data["change"] = ""
        return data
