"""An English reading of a Korean facility name, shown beside it and never in its place: ours, unofficial."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from knowledge.gazetteer.romanise import romanise

FOLDER = Path(__file__).parent


@functools.cache
def _words() -> dict[str, str]:
    import yaml

    return dict(yaml.safe_load((FOLDER / "en" / "names.yml").read_text("utf-8"))["words"])


@functools.cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_words(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, (word for word in longest if word != "역"))) + r"|역(?=\s|$|\()")


@functools.lru_cache(maxsize=10_000)
def english_reading(name: str) -> str:
    """"원곡초등학교 운동장" -> "Wongok Elementary School playground"; empty for a name without Hangul."""
    if not re.search("[가-힣]", name):
        return ""
    spoken = _pattern().sub(lambda found: f" {_words()[found[0]]} ", name)
    read = " ".join(romanise(part) for part in spoken.split())
    read = re.sub(r"(\d)([A-Z][a-z]+)", lambda found: f"{found[1]}-{found[2].lower()}", read)
    return re.sub(r"\s+([)\],])", r"\1", re.sub(r"([(\[])\s+", r"\1", read))
