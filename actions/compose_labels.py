"""Names of provisions and days as a reader of each language writes them. Pure."""

from __future__ import annotations

import datetime as dt

from knowledge.citation import label_en, label_ko
from nlu.language import KOREAN
from nlu.texts import load, text


def label(provision_id: str, language: str) -> str:
    """``73-9/4`` -> "Article 73-9 (4)" or "제73조의9제4항"."""
    return label_ko(provision_id) if language == KOREAN else label_en(provision_id)


def day(date: dt.date, language: str) -> str:
    """A date as people of that language write it."""
    return text("date", language, day=date.day, month=load(language)["months"][date.month - 1], year=date.year)
