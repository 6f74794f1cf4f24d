"""Places of Ansan and Korea with their points, names and sources: plain files, and what reads them."""

from knowledge.gazetteer.gazetteer import (
    CITY,
    Gazetteer,
    Spelling,
    dong_at,
    gazetteer,
    in_korea,
    outside,
    polygon,
)
from knowledge.gazetteer.model import LEVELS, QUALITIES, Place

__all__ = [
    "CITY",
    "LEVELS",
    "QUALITIES",
    "Gazetteer",
    "Place",
    "Spelling",
    "dong_at",
    "gazetteer",
    "in_korea",
    "outside",
    "polygon",
]
