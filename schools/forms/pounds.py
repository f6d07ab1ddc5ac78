from decimal import Decimal

from django import forms

MOST = Decimal("99999.99")
NOT_POUNDS = "Enter an amount in pounds and pence, like 250 or 250.50"


class PoundsField(forms.DecimalField):
    """An amount in pounds. A pound sign and commas may be typed."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "width": "5"})
        limits = {"max_digits": 8, "decimal_places": 2, "min_value": Decimal(0), "max_value": MOST}
        super().__init__(**limits | {"widget": widget} | kwargs)
        for code in ("max_digits", "max_decimal_places", "max_whole_digits", "invalid"):
            self.error_messages[code] = NOT_POUNDS

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().removeprefix("£").replace(",", "")
        return super().to_python(value)
