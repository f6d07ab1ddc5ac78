from django import forms

from schools.order_numbers import require_order_number


class OrderNumberField(forms.CharField):
    """The number of a purchase order, or none."""

    default_validators = [require_order_number]

    def __init__(self, **kwargs):
        super().__init__(**{"label": "Purchase order number (optional)", "required": False} | kwargs)
