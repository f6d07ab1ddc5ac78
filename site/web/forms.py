"""What every form of ours shares: how it speaks, and how it is drawn."""

from functools import cache

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from .fields import NhsDateField
from .layout import Layout, drawn_by_us

NOT_CHOSEN = ("required", "invalid_choice", "invalid_list", "invalid_pk_value")
CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField, forms.FileField)


class NhsForm:
    """Goes in front of forms.Form or forms.ModelForm.

        class TalkForm(NhsForm, forms.Form):
            called = {"agreed": "what you agreed"}
            agreed = forms.CharField(label="What did you agree?", max_length=2000, widget=forms.Textarea)

            def layout(self):
                return [Section("The talk", "agreed")]

    `called` is how an error names a field: "Enter what you agreed". Without it the label is used, in
    lower case: good enough for "Year group", clumsy for a question. A message that the field itself gives
    (error_messages) stays. Without `layout` the fields stand in their own order.
    """

    called = {}
    use_required_attribute = False

    def __init__(self, data=None, files=None, **kwargs):
        # By name: the form behind this one may take something else first, as allauth's take a user.
        super().__init__(data=tidy(data), files=files, **kwargs)

    def layout(self):
        return list(self.fields)

    @property
    def helper(self):
        """Drawn afresh each time, because a formset adds fields after the form is made."""
        helper = Helper(self)
        helper.form_tag = False
        helper.disable_csrf = True  # the page prints the token itself, once
        helper.form_show_errors = False  # and the error summary
        helper.include_media = False
        helper.render_hidden_fields = True
        return helper

    def full_clean(self):
        # What was not sent has no errors.
        for name, field in self.fields.items() if self.is_bound else ():
            speak_plainly(field, self.name_in_errors(name, field))
        super().full_clean()

    def name_in_errors(self, name, field):
        """Called so by the form, by the field, or else by the label."""
        called = self.called.get(name) or getattr(field, "called", None)
        label = str(field.label or upper_first(name.replace("_", " "))).removesuffix("(optional)").strip()
        return called or (f"an answer to “{label}”" if label.endswith("?") else lower_first(label))


class Helper(FormHelper):
    """Lays a form out where it is drawn: crispy asks whether there is a helper before it takes one."""

    def __init__(self, form):
        super().__init__()
        self._form = form

    @cached_property
    def layout(self):
        return Layout(*map(drawn_by_us, self._form.layout()))


def speak_plainly(field, called):
    """Gives a field the messages of our content rules, except where it has its own."""
    usual = stock(type(field))
    own = {code for code, message in field.error_messages.items() if not is_same(message, usual.get(code))}
    messages = messages_for(field, called)
    field.error_messages |= {code: text for code, text in messages.items() if code not in own}
    if isinstance(field, NhsDateField):
        field.name_of_it = field.name_of_it or called.removeprefix("the ")
    if "max_length" not in own:
        field.validators = [
            TooLong(rule.limit_value, called) if type(rule) is MaxLengthValidator else rule
            for rule in field.validators
        ]


def messages_for(field, called):
    name = upper_first(called)
    if isinstance(field, NhsDateField):
        return {"required": f"Enter the {field.name_of_it or called.removeprefix('the ')}"}
    if isinstance(field, CHOSEN):
        return dict.fromkeys(NOT_CHOSEN, f"Select {called}")
    messages = {"required": f"Enter {called}"}
    if isinstance(field, forms.IntegerField):
        messages |= number_messages(field, name)
    if isinstance(field, forms.EmailField):
        messages["invalid"] = "Enter an e-mail address in the right form, like name@example.com"
    if isinstance(field, forms.TimeField):
        messages["invalid"] = f"{name} must be a real time, like 9:30"
    return messages


def number_messages(field, name):
    low, high = field.min_value, field.max_value
    kind = "number" if isinstance(field, forms.DecimalField | forms.FloatField) else "whole number"
    messages = {"invalid": f"{name} must be a {kind}"}
    if low is not None and high is not None:
        both = f"{name} must be between {low} and {high}"
        return messages | {"min_value": both, "max_value": both}
    return messages | {
        "min_value": f"{name} must be {low} or more",
        "max_value": f"{name} must be {high} or less",
    }


@cache
def stock(kind):
    """The messages Django gives a field of this kind."""
    messages = {}
    for one in reversed(kind.__mro__):
        messages.update(getattr(one, "default_error_messages", {}))
    return messages


def is_same(message, other):
    """To compare two messages, Django looks both of them up in its translations."""
    return message is other or message == other


class TooLong(MaxLengthValidator):
    """Counts like Django, and says how many characters there are, with commas."""

    def __init__(self, limit_value, called):
        super().__init__(limit_value)
        self.name = upper_first(called)

    def __call__(self, value):
        length = self.clean(value)
        if length > self.limit_value:
            allowed = f"{self.limit_value:,} characters or fewer"
            raise ValidationError(f"{self.name} must be {allowed}. You have used {length:,}", code="too_long")


def tidy(data):
    """A copy without NUL characters, which PostgreSQL cannot store, and with one character per line break.

    A browser counts a line break as one character and sends it as two. Everything else, emoji and
    right-to-left text included, stays as it was typed.
    """
    if data is None or isinstance(data, Tidy):
        return data
    if not hasattr(data, "lists"):
        return {name: tidy_text(value) for name, value in data.items()}
    return Tidy(data)


class Tidy(QueryDict):
    """What was sent, tidied. A formset hands it on to each of its rows, so nobody can write into it; a copy
    can be written into, and is tidied anew."""

    def __init__(self, sent):
        super().__init__(encoding=getattr(sent, "encoding", None))
        for name, values in sent.lists():
            MultiValueDict.setlist(self, name, [tidy_text(value) for value in values])

    def __deepcopy__(self, memo=None):
        copy = QueryDict(mutable=True, encoding=self.encoding)
        for name, values in self.lists():
            copy.setlist(name, list(values))
        return copy

    __copy__ = __deepcopy__


def tidy_text(value):
    if isinstance(value, list | tuple):
        return [tidy_text(item) for item in value]
    return value.replace("\0", "").replace("\r\n", "\n") if isinstance(value, str) else value


def lower_first(text):
    """Leaves "URN" and "PO number" alone."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text):
    return text[:1].upper() + text[1:]
