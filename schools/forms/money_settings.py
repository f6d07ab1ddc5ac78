from django import forms

from schools.models import Service
from web.forms import NhsForm
from web.layout import Control, Section

from .rules import NARROW, whole


class MoneySettingsForm(NhsForm, forms.ModelForm):
    """What papers about money say of the service."""

    class Meta:
        model = Service
        fields = ["address", "ods_code", "contact", "vat_words", "how_to_pay", "payment_days"]
        labels = {
            "address": "Address (optional)",
            "ods_code": "ODS code (optional)",
            "contact": "Whom to ask about money (optional)",
            "vat_words": "Line about VAT (optional)",
            "how_to_pay": "How to pay (optional)",
        }
        help_texts = {
            "contact": "For example, Finance team, 01632 960000.",
            "vat_words": "Printed on every invoice as you write it. Ask your finance team for the words.",
            "how_to_pay": "For example, the name of the account, its number and sort code.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["payment_days"] = whole("Days to pay an invoice", 1, 120)

    def layout(self):
        return [
            Section("Who you are", "address", "ods_code", "contact"),
            Section("Invoices", "vat_words", "how_to_pay", Control("payment_days", classes=NARROW)),
        ]
