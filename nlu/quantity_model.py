"""A count of people as a value."""

from __future__ import annotations

from dataclasses import dataclass

AT_LEAST, AT_MOST, MORE_THAN, LESS_THAN = "at_least", "at_most", "more_than", "less_than"


@dataclass(frozen=True)
class Quantity:
    """A number of people. ``low``: the number as said, of a range its lower end.

    ``bound``: "at_least", "at_most", "more_than" or "less_than" where the text says so; the number itself
    is as said ("more than 1,000" has ``low`` 1000). "몇백 명" and "several hundred" are 200 to 900.
    """

    low: int
    high: int | None
    approximate: bool
    surface: str
    bound: str | None = None


@dataclass(frozen=True)
class Count:
    """A quantity and where it stands in the text; ``unit``: a word for people stands beside it."""

    quantity: Quantity
    start: int
    end: int
    unit: bool


def value_of(number: float) -> int | None:
    """A whole number of people, None for a broken one."""
    return int(number) if number == int(number) else None


def same_scale(low: int, high: int, low_said: str, high_said: str) -> int:
    """The lower end of "2~300": its one digit is of hundreds too, when that makes a range of hundreds."""
    plain_high = high_said.replace(",", "")
    if len(low_said) == 1 and low_said.isdigit() and plain_high.isdigit() and high >= 100 and int(plain_high[1:]) == 0:
        scale = 10 ** (len(plain_high) - 1)
        return low * scale if 0 < low * scale < high else low
    return low
