from django import forms
from django.core.exceptions import ValidationError

from consultations.models import Goal, PlanVersion
from consultations.services import GoalContent, PlanContent, begins_too_late
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Details, Radios, Rating, Section

from .confidence import OUT_OF_TEN, Confidence, confidence
from .rows import FindMore, Rows, WithRows
from .talk import OTHER, long_text

ParentsKnow = PlanVersion.ParentsKnow
UP_TO = 3
ALREADY = "What you want to be different is goal {} already. Write something else, or leave it empty"
STAYS = "Where this started stays {}, as it was agreed. Other words make it a new goal"
STAYS_AND = "It stays {}, as it was agreed. Reviews keep how it went on. Other words make it a new goal."
HIGHER = "Where you hope it will be at the review must be higher than how close it is today"


def as_goal(values):
    """What a row says. Ends left empty are those that stand on the page."""
    ends = {name: values[name] for name in ("at_zero", "at_ten") if values.get(name)}
    said = {name: values.get(name) for name in ("what", "rating", "expected", "rated_by")}
    return GoalContent(**said, **ends)


class GoalForm(NhsForm, forms.Form):
    """One goal. A row without words is left out."""

    called = {
        "what": "what you want to be different",
        "rating": "how close this is today",
        "expected": "where you hope it will be at the review",
    }

    what = forms.CharField(
        label="What do you want to be different?",
        help_text="Write something you could see. For example: comes into class with one reminder.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rating = forms.TypedChoiceField(
        label="How close is this today?",
        help_text="0 means not started. 10 means it is there.",
        choices=OUT_OF_TEN,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    expected = forms.TypedChoiceField(
        label="Where do you hope it will be at the review?",
        choices=[("", "Choose"), *OUT_OF_TEN],
        coerce=int,
        empty_value=None,
        required=False,
    )
    rated_by = forms.ChoiceField(
        label="Who gave this rating?", choices=Goal.RatedBy.choices, widget=forms.RadioSelect, required=False
    )
    at_zero = forms.CharField(label="0 means", max_length=60, required=False)
    at_ten = forms.CharField(label="10 means", max_length=60, required=False)

    def __init__(self, *args, starts=None, **kwargs):
        """`starts` has where the goals agreed in this cycle started, by their words."""
        super().__init__(*args, **kwargs)
        self.starts = starts or {}
        start = self.starts.get(as_goal(self.initial).words)
        if start is not None:
            self.fields["rating"].label = "Where did this start?"
            self.fields["rating"].help_text = STAYS_AND.format(start)

    @property
    def is_spare(self):
        """A row nobody has begun: it stands folded until somebody wants another goal."""
        return not self["what"].value() and not self.errors

    def layout(self):
        low, high = self["at_zero"].value() or "not started", self["at_ten"].value() or "it is there"
        return [
            "what",
            Rating("rating", low=low, high=high),
            "expected",
            Radios("rated_by"),
            Details("Use your own words for 0 and 10 (optional)", "at_zero", "at_ten"),
        ]

    def clean(self):
        data = super().clean()
        needed = {
            "what": "Enter what you want to be different",
            "rating": "Select how close this is today",
            "expected": "Select where you hope it will be at the review",
            "rated_by": "Select who gave this rating",
        }
        if any(data.get(name) not in ("", None) for name in needed):
            for name, message in needed.items():
                if data.get(name) in ("", None) and name not in self.errors:
                    self.add_error(name, message)
        self._clean_start(data)
        self._clean_expected(data)
        return data

    def _clean_start(self, data):
        start = self.starts.get(as_goal(data).words)
        if start is not None and data.get("rating") not in (None, start):
            self.add_error("rating", STAYS.format(start))

    def _clean_expected(self, data):
        """A new goal has to lead somewhere. One that was agreed before goes on as it was."""
        rating, expected = data.get("rating"), data.get("expected")
        goes_on = data.get("what") and as_goal(data).words == as_goal(self.initial).words
        if rating is not None and expected is not None and expected <= rating and not goes_on:
            self.add_error("expected", HIGHER)

    def goal(self):
        return as_goal(self.cleaned_data)


class BaseGoalFormSet(forms.BaseFormSet):
    def clean(self):
        typed = [form for form in self.forms if form["what"].value()]
        if len(typed) > UP_TO:
            raise ValidationError(f"Enter up to {UP_TO} goals. You have entered {len(typed)}")
        self._clean_once()

    def _clean_once(self):
        first = {}
        for number, form in enumerate(self.forms, start=1):
            if form.is_valid() and form.cleaned_data.get("what"):
                same = first.setdefault(form.goal().words, number)
                if same != number:
                    form.add_error("what", ALREADY.format(same))

    def contents(self):
        return [form.goal() for form in self.forms if form.cleaned_data.get("what")]


# A row too many comes back with what was typed in it, to be moved or left out.
GoalFormSet = forms.formset_factory(
    GoalForm, formset=BaseGoalFormSet, extra=0, max_num=UP_TO, absolute_max=3 * UP_TO
)


class PlanForm(WithRows, NhsForm, forms.Form):
    """C4: goals, what adults will do, views, review. `rows` holds the formsets "goals" and "steps"."""

    called = {
        "why_changed": "why you are changing this",
        "concern": "what the concern is",
        "parents_know": "if the parents or carers know about this plan",
        "parents_why": "why they do not know yet",
        "if_not_reached": "what happens if the goals are not reached",
        "review_choice": "when you will review it",
        "confidence": "how confident staff feel",
    }
    goes_with = {"review_on": ("review_choice", "review_on")}
    TEXTS = ("concern", "strengths", "tried", "childs_view", "parents_view", "parents_why", "if_not_reached")

    why_changed = forms.CharField(
        label="Why are you changing this?", help_text="The old version is kept.", max_length=500
    )
    concern = long_text("What is the concern?", rows=3, required=True)
    strengths = long_text("What is going well? (optional)", rows=2)
    tried = long_text("What has been tried? (optional)", rows=3)
    childs_view = long_text(
        "What does the child or young person say? (optional)", rows=2, help_text="Use their words if you can."
    )
    parents_view = long_text(
        "What do the parents or carers say? (optional)",
        rows=2,
        help_text="If you have not spoken to them yet, say when you will.",
    )
    parents_know = forms.ChoiceField(
        label="Do the parents or carers know about this plan?",
        help_text="Most plans should be shared. If not, say why.",
        choices=ParentsKnow.choices,
        widget=forms.RadioSelect,
    )
    parents_why = forms.CharField(label="Why not?", max_length=500, required=False)
    if_not_reached = forms.CharField(
        label="What happens if the goals are not reached?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        initial="We talk about it at the next visit and change the plan, or meet the parents or carers.",
    )
    confidence = confidence("How confident do staff feel about helping with this? (optional)")
    review_choice = forms.ChoiceField(
        label="When will you review it?",
        help_text="We have left out school holidays.",
        widget=forms.RadioSelect,
    )
    review_on = NhsDateField(name_of_it="review date", label="Review date", required=False)

    def __init__(self, *args, review_days, is_change, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["review_choice"].choices = [
            *((day.isoformat(), words) for day, words in review_days),
            (OTHER, "Another date"),
        ]
        self.days = {day.isoformat(): day for day, _ in review_days}
        if not is_change:
            del self.fields["why_changed"]

    def layout(self):
        return [
            *(["why_changed"] if "why_changed" in self.fields else []),
            Section("Goals", Rows(self.rows["goals"], "Goal"), hint="Up to 3. One is enough."),
            Section("What adults will do", Rows(self.rows["steps"], "Step"), FindMore()),
            Section(
                "Background",
                "concern",
                "strengths",
                "tried",
                "childs_view",
                "parents_view",
                Radios("parents_know", reveals={ParentsKnow.NO: ["parents_why"]}),
                hint="The school will read all of this, and so may parents or carers.",
            ),
            Section("Staff (optional)", Confidence("confidence")),
            Section("Review", Radios("review_choice", reveals={OTHER: ["review_on"]}), "if_not_reached"),
        ]

    def clean(self):
        data = super().clean()
        if data.get("parents_know") != ParentsKnow.NO:
            data["parents_why"] = ""
            self.errors.pop("parents_why", None)
        elif not data.get("parents_why") and "parents_why" not in self.errors:
            self.add_error("parents_why", "Enter why they do not know yet")
        self._clean_review_day(data)
        goals, steps = self.rows["goals"], self.rows["steps"]
        if steps.is_valid() and data.get("review_on"):
            self._clean_beginnings(data)
        if goals.is_valid() and not goals.contents():
            row = goals.forms[0] if goals.forms else self
            row.add_error("what" if goals.forms else None, "Enter what you want to be different")
        if steps.is_valid() and not steps.contents():
            self.add_error(None, "Choose or write at least one thing adults will do")
        return data

    def _clean_review_day(self, data):
        if data.get("review_choice") != OTHER:
            self.errors.pop("review_on", None)
            data["review_on"] = self.days.get(data.get("review_choice"))
        elif not data.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Enter the review date")

    def _clean_beginnings(self, data):
        beside = "review_on" if data.get("review_choice") == OTHER else "review_choice"
        for step in self.rows["steps"].contents():
            if step.from_on and step.from_on >= data["review_on"]:
                self.add_error(beside, begins_too_late(step.what, step.from_on))
                return

    def content(self):
        names = [*self.TEXTS, "parents_know", "review_on", "confidence"]
        if "why_changed" in self.fields:
            names.append("why_changed")
        return PlanContent(
            fields={name: self.cleaned_data[name] for name in names},
            goals=self.rows["goals"].contents(),
            steps=self.rows["steps"].contents(),
        )
