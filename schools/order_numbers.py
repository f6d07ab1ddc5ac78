"""What a purchase order number looks like. Printed on papers about money, so a name alone does not fit."""

import re

from django.core.exceptions import ValidationError

LONGEST = 30
# It begins with a letter or a digit, so that no spreadsheet takes it for a formula.
PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 \-/.#]*")


def is_order_number(text):
    try:
        require_order_number(text)
    except ValidationError:
        return False
    return True


def require_order_number(text):
    """Raises ValidationError for what is no purchase order number. None at all is right too."""
    if len(text) > LONGEST:
        raise ValidationError(f"Purchase order number must be {LONGEST} characters or fewer")
    if text and not (PATTERN.fullmatch(text) and re.search("[0-9]", text)):
        raise ValidationError(
            "Purchase order number must be letters, digits, spaces and - / . # only, with a digit in it, "
            "like PO-2041"
        )
