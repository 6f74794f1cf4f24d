"""Writes the golden responses anew (read them before committing): ``python -m tests.bot.kakao.make_samples``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.channels.kakao import channel, render
from nlu.texts import text
from tests.bot import answers_folder as answers
from tests.bot.kakao.surface import ADDRESS

FOLDER = Path(render.__file__).parent / "samples"
KINDS = (
    "rule-due", "rule-article", "rule-fine", "rule-no-article", "no-evidence", "others", "festival", "heat", "quake",
    "fire-centre", "which-kind", "which-place", "hazards", "tsunami", "police", "here", "emergency-fire",
    "emergency-suicide", "emergency-violence", "help", "unavailable", "out-of-scope", "refused", "handed-off",
    "files", "files-undated", "deadline", "duties", "report", "card", "sources", "both",
)  # fmt: skip


def responses() -> dict[str, dict[str, Any]]:
    """File name -> response, for every kind of answer and for what is said without one, in both languages."""
    found = {}
    for language in ("ko", "en"):
        for kind in KINDS:
            reply = answers.reply(f"{kind}-{language}")
            found[f"response-{kind}-{language}"] = render.render([reply], language, ADDRESS)
        with_files = answers.reply(f"files-{language}")
        found[f"response-files-elsewhere-{language}"] = render.render([with_files], language)
        asked = answers.reply(f"which-place-{language}")
        found[f"response-files-then-a-question-{language}"] = render.render([with_files, asked], language, ADDRESS)
        found[f"response-waiting-{language}"] = render.waiting(language)
        found[f"response-nothing-waiting-{language}"] = channel._say("nothing_waiting", language)
        found[f"response-crowded-{language}"] = channel._say("crowded", language)
        first = {"version": "2.0", "useCallback": True, "data": {"text": text("kakao.callback", language)}}
        found[f"response-callback-{language}"] = first
    return found


def main() -> int:
    """Returns 0."""
    for path in FOLDER.glob("response-*.json"):
        path.unlink()
    for name, response in responses().items():
        (FOLDER / f"{name}.json").write_text(json.dumps(response, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
