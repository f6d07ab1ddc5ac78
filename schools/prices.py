"""What time costs under an agreement. A package has its own price, all else is by the unit."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from schools.models import MOST_UNITS

USUAL = (3, 6, 9)


@dataclass(frozen=True)
class Quote:
    """Pounds for so many units. A package has no price of a unit."""

    quantity: int
    unit_price: Decimal | None
    price: Decimal
    is_package: bool
    is_early: bool


def quote(agreement, quantity, on):
    """The price on a day; the last day of the early price is one of its days. Raises ValidationError."""
    require_quantity(quantity, agreement)
    early = agreement.early_until_on is not None and on <= agreement.early_until_on
    package = next((one for one in agreement.packages.all() if one.units == quantity), None)
    if package:
        is_early = early and package.early_price is not None
        return Quote(quantity, None, package.early_price if is_early else package.price, True, is_early)
    unit_price = agreement.early_price if early else agreement.unit_price
    return Quote(quantity, unit_price, unit_price * quantity, False, early)


def require_quantity(quantity, agreement):
    """Raises ValidationError unless so many units can be ordered here."""
    if agreement.is_core:
        raise ValidationError("The core offer is free of charge. Nothing of it is ordered.")
    if type(quantity) is not int or not 1 <= quantity <= MOST_UNITS:
        unit = agreement.get_unit_display()
        raise ValidationError(f"The number of {unit}s must be a whole number between 1 and {MOST_UNITS}.")


def offers(agreement, on):
    """The quotes to choose from: the agreement's packages, or the usual numbers where it has none."""
    packages = sorted(package.units for package in agreement.packages.all())
    return [quote(agreement, units, on) for units in packages or USUAL]
