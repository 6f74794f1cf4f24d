"""The pure parts: updates read, replies rendered, texts split, buttons' data; golden samples in both languages.

``REWRITE_SAMPLES=1`` writes the golden files anew, to be read before they are committed.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict
from pathlib import Path

import pytest

import bot.channels.telegram as package
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.markup import messages
from bot.channels.telegram.memory import Languages
from bot.channels.telegram.outgoing import placed, texts_of, venue, with_sources
from bot.channels.telegram.split import parts, units
from bot.channels.telegram.wire import Me, read_update
from nlu.say import quick_replies
from tests.bot.telegram.bot_api import BOT, entities, read_text
from tests.bot.telegram.helpers import ANSWERS, buttons

SAMPLES = Path(package.__file__).parent / "samples"
ME = Me(BOT["id"], BOT["username"])
CONTRACT = sorted(path.stem for path in ANSWERS.glob("*.json"))
SHOWN = ("emergency-fire", "quake", "which-kind", "which-place", "rule-due", "rule-long", "unavailable", "help")
GOLDEN = [name for name in CONTRACT if name.rsplit("-", 1)[0] in SHOWN]


def reply_of(name: str) -> dict:
    answer = json.loads((ANSWERS / f"{name}.json").read_text("utf-8"))
    replies = [{"title": b["title"], "text": b["payload"]} for b in buttons(answer)]
    return {"text": answer["text"], "quick_replies": replies, "answer": answer}


def check(path: Path, value: object) -> None:
    written = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("REWRITE_SAMPLES"):
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written


@pytest.mark.parametrize("path", sorted((SAMPLES / "updates").glob("*.json")), ids=lambda p: p.stem)
def test_updates_are_read_as_the_samples_say(path):
    sample = json.loads(path.read_text("utf-8"))
    read = read_update(sample["update"], ME)
    check(path, {**sample, "read": asdict(read) if read else None} if os.environ.get("REWRITE_SAMPLES") else sample)
    found = json.loads(json.dumps(asdict(read))) if read else None
    assert found == sample["read"]


@pytest.mark.parametrize("name", GOLDEN)
def test_replies_are_sent_as_the_samples_say(name):
    table = Buttons()
    reply = reply_of(name)
    sent = [asdict(each) for each in texts_of(reply, lambda text: table.data(7, text))]
    spot = venue(reply["answer"])
    check(SAMPLES / "replies" / f"{name}.json", {"sent": sent, "venue": asdict(spot) if spot else None})


@pytest.mark.parametrize("name", CONTRACT)
def test_every_answer_of_the_contract_keeps_its_words_within_the_limits(name):
    table = Buttons()
    reply = reply_of(name)
    sent = texts_of(reply, lambda text: table.data(7, text), file_data=lambda address: table.file_data(7, address))
    shown = [read_text(each.html, "HTML") for each in sent]
    assert all(0 < units(text) <= 4096 for text in shown)
    answer = reply["answer"]
    assert "".join("".join(shown).split()) == "".join(with_sources(reply["text"], answer).split())
    for call in answer["calls"]:
        assert any(call["number"] in text for text in shown)
        assert any(f'<a href="tel:{call["number"]}">' in each.html for each in sent)
    if answer["status"] == "emergency":
        assert shown[0].startswith(answer["calls"][0]["number"])
    for place in answer["places"]:
        assert place["as_of"] in "".join(shown)
        if place["map_url"]:
            assert any(place["map_url"].replace("&", "&amp;") in each.html for each in sent)
    files = answer["files"]
    under = [button for row in sent[-1].rows for button in row]
    for (title, data), each in zip(under, files, strict=False):
        assert title.endswith(each["label"])
        assert table.address(7, data) == each["url"]
    pressed = under[len(files) :]
    assert [title for title, _ in pressed] == [each["title"] for each in reply["quick_replies"]]
    for title, data in pressed:
        assert 1 <= len(data.encode()) <= 64
        assert table.text(7, data) == title
    assert all(1 <= len(data.encode()) <= 64 for _, data in under)
    if placed(answer):
        spot = venue(answer)
        assert spot is not None
        assert placed(answer)[0]["as_of"] in spot.address


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_list_of_provisions_says_whose_words_and_of_when_with_a_link(language):
    reply = reply_of(f"others-{language}")
    law = reply["answer"]["citations"][0]["law"]
    assert "2023" not in reply["text"]
    (sent,) = texts_of(reply, str)
    assert sent.html.split("\n")[-1].startswith('— <a href="https://www.law.go.kr/')
    said = read_text(sent.html, "HTML")
    assert said.startswith(reply["text"])
    assert said.count(law) == 1
    assert "2023-06-27" in said
    quoted = reply_of(f"rule-due-{language}")
    assert with_sources(quoted["text"], quoted["answer"]) == quoted["text"]


@pytest.mark.parametrize("sentence", ["The plan is due on day {}. ", "계획은 {}일까지 냅니다. "])
def test_a_long_text_is_cut_where_sentences_end_and_loses_nothing(sentence):
    text = "".join(sentence.format(number) for number in range(800)).strip()
    cut = list(parts(text))
    assert len(cut) > 1
    assert " ".join(cut) == text
    assert all(units(part) <= 4096 and part.endswith(".") for part in cut)


@pytest.mark.parametrize("text", ["가" * 9000, "😀" * 5000, "a" * 4097, "x\n" * 5000, "", " "])
def test_any_text_is_cut_within_the_limit(text):
    cut = list(parts(text))
    assert all(units(part) <= 4096 for part in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_marks_never_break_over_messages_and_everything_else_is_escaped():
    quote = "\n".join(f'{number}. <b>not a mark</b> & "so" on;' for number in range(400))
    text = f"A <lead> & more.\n\n“{quote}”\n— Article 71, text of 27 June 2023\n\nSource: x"
    cited = [{"label": "Article 71", "url": 'https://www.law.go.kr/법령/a?b="c"&d'}]
    said = messages(text, {"lead": "A <lead> & more.", "citations": cited, "calls": [], "places": []})
    assert len(said) > 2
    assert "".join("".join(read_text(each, "HTML") for each in said).split()) == "".join(text.split())
    assert said[0].startswith("<b>A &lt;lead&gt; &amp; more.</b>")
    assert '<a href="https://www.law.go.kr/법령/a?b=&quot;c&quot;&amp;d">Article 71</a>' in said[-1]


def test_a_number_is_linked_only_where_it_stands_alone():
    (said,) = messages("Room 1190. Call 119 now.", {"lead": "", "calls": [{"number": "119", "label": "x"}]})
    assert said == 'Room 1190. Call <a href="tel:119">119</a> now.'


def test_underkeep_a_bounded_number_of_long_texts_apart_by_chat():
    table = Buttons(most=2)
    long = [f"{number} 원곡동 근처 이재민 임시주거시설과 지진 옥외대피장소" for number in range(3)]
    data = [table.data(1, text) for text in long]
    assert [table.text(1, each) for each in data] == [None, *long[1:]]
    assert table.text(2, data[1]) is None
    table.forget(1)
    assert table.text(1, data[1]) is None
    short = table.data(1, "다음 결과")
    assert Buttons().text(9, short) == "다음 결과"
    assert Buttons(seconds=-1).text(1, table.data(1, long[0])) is None


def test_a_language_is_guessed_until_it_is_known():
    known = Languages(most=2)
    assert [known.of("a", code) for code in ("ko", "ko-KR", "en-GB", "vi", "")] == ["ko", "ko", "en", "en", None]
    known.keep("a", "ko")
    assert known.of("a", "en") == "ko"
    known.forget("a")
    assert known.of("a", "en") == "en"


def test_a_mention_after_emoji_is_found_by_utf_16_offsets():
    text = "😀😀 @ansim_test_bot 대피소"
    message = {"message_id": 1, "chat": {"id": -5, "type": "group"}, "from": {"id": 3}, "text": text}
    read = read_update({"update_id": 1, "message": {**message, "entities": entities(text)}}, ME)
    assert read is not None
    assert "ansim" not in read.text
    assert read.text.endswith("대피소")


def test_the_texts_fit_telegrams_limits():
    from nlu.texts import text

    for language in ("en", "ko"):
        for name in ("start", "help", "language", "nearby", "festival", "forget"):
            assert 1 <= len(text(f"telegram.commands.{name}", language)) <= 256
        assert len(text("telegram.old_button", language)) <= 200
        assert re.search(r"/forget", text("telegram.help", language))


def test_quick_replies_are_those_of_the_answer():
    from nlu.answer import Answer

    answer = reply_of("rule-due-en")["answer"]
    made = quick_replies(Answer("answered", "en", "", "", suggestions=tuple(answer["suggestions"]),
                                next_steps=tuple(answer["next_steps"])))  # fmt: skip
    assert made == reply_of("rule-due-en")["quick_replies"]
