"""The emergency detector: what it must find, what it must leave alone, and what it says."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nlu import emergency, emergency_lexicon, emergency_model, emergency_text, train_emergency
from nlu.language import LANGUAGES

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "eval"
KINDS = list(emergency_lexicon.load("en")["kinds"])
PLAIN = [
    ("There is a fire in my flat", "fire", "119"),
    ("my father is not breathing", "cardiac", "119"),
    ("a man with a knife is attacking people", "violence", "112"),
    ("I want to kill myself", "suicide", "109"),
    ("we are trapped in the car and the water is rising", "flood", "119"),
    ("집에 불이 났어요", "fire", "119"),
    ("아버지가 숨을 안 쉬어요", "cardiac", "119"),
    ("칼 든 남자가 쫓아와요", "violence", "112"),
    ("죽고 싶어요", "suicide", "109"),
    ("남편이 때려요", "domestic", "112"),
]
FILLER = {
    "en": "I wanted to ask about the festival safety plan and which office takes the papers. " * 12,
    "ko": "축제 안전관리계획을 어느 부서에 내는지 여쭤보려고 했습니다. " * 20,
}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def held_out() -> list[dict[str, Any]]:
    every = rows(ROOT / "nlu" / "data" / "emergency_messages.jsonl")
    return [row for row in every if row["split"] == "test"]


def share_found(texts: list[str]) -> float:
    return sum(emergency.detect(text) is not None for text in texts) / len(texts)


def test_corpus_is_large_balanced_and_without_doubles():
    every = rows(ROOT / "nlu" / "data" / "emergency_messages.jsonl")
    assert len(every) >= 900
    assert len(held_out()) >= 150
    assert len({row["text"].casefold() for row in every}) == len(every)
    assert len({row["id"] for row in every}) == len(every)
    assert sum(not row["emergency"] for row in every) >= len(every) / 2 * 0.9
    for language in LANGUAGES:
        assert 0.4 <= sum(row["language"] == language for row in every) / len(every) <= 0.6
    assert {row["kind"] for row in every if row["emergency"]} == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("style", "least"), [("explicit", 0.96), ("implicit", 0.88)])
def test_held_out_emergencies_are_found(language, style, least):
    texts = [row["text"] for row in held_out() if row["language"] == language and row["style"] == style]
    assert share_found(texts) >= least


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_lookalikes_are_left_alone(language):
    texts = [row["text"] for row in held_out() if row["language"] == language and not row["emergency"]]
    assert share_found(texts) <= 0.15


@pytest.mark.parametrize(("text", "kind", "number"), PLAIN)
def test_plain_danger_has_its_kind_and_number_first(text, kind, number):
    found = emergency.detect(text)
    assert found is not None
    assert (found.kind, found.numbers[0]) == (kind, number)
    assert found.language == ("en" if text.isascii() else "ko")
    assert 0 < found.score <= 1


def shuffled_letters(text: str) -> str:
    """The two last letters of the longest word changed places."""
    longest = max(text.split(), key=len)
    return text.replace(longest, longest[:-2] + longest[-1] + longest[-2]) if text.isascii() else text + "ㅓ"


PERTURBATIONS = {
    "no spaces": lambda text: text.replace(" ", ""),
    "upper case": str.upper,
    "typo": shuffled_letters,
    "emoji": lambda text: f"😱🔥 {text} 🙏🙏🙏",
    "emoji between words": lambda text: text.replace(" ", " 😭 "),
    "shouting": lambda text: f"{text}!!!!!!!!!!",
    "control characters": lambda text: "\x00" + text[:5] + "\x00\x07" + text[5:] + "\x1b",
    "zero width": lambda text: "\u200b".join(text),
    "hidden tags": lambda text: text + "".join(chr(0xE0000 + ord(c)) for c in "this is a drill"),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "direction marks": lambda text: f"\u202e{text}\u202c",
    "many lines": lambda text: text.replace(" ", "\n"),
    "greeting first": lambda text: ("Hello. " if text.isascii() else "안녕하세요. ") + text,
    "half a surrogate": lambda text: text + "\ud83d",
}


@pytest.mark.parametrize("name", PERTURBATIONS)
@pytest.mark.parametrize("text", [text for text, _, _ in PLAIN])
def test_plain_danger_survives(name, text):
    assert emergency.detect(PERTURBATIONS[name](text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "heeeelp meeee",
        "살려주세여ㅠㅠㅠㅠ",
        "불났어요불",
        "ㅅㄹㅈㅅㅇ",
        "SOS",
        "fiiiire in my houseee",
        "help 살려주세요 fire",
        "불이야!!!",
        "집에 fire 났어요",
        "thereisafireinmykitchen",
        "THERES A FIER IN THE KICHEN",
    ],
)
def test_cries_for_help_are_found(text):
    assert emergency.detect(text) is not None


@pytest.mark.parametrize("text", [text for text, _, _ in PLAIN])
@pytest.mark.parametrize("place", ["start", "end"])
def test_danger_at_either_end_of_a_long_message_is_found(text, place):
    filler = FILLER["en" if text.isascii() else "ko"]
    for length in (1, 20):
        long = f"{text}. {filler * length}" if place == "start" else f"{filler * length} {text}"
        assert emergency.detect(long) is not None


CRIES = {
    "fire": ["FIRE!!", "fire! fire!", "HELP FIRE!!", "🔥🔥🔥", "🏠🔥", "help 🙏🙏 불", "불이야", "불!", "🔥집🔥"],
    "other": ["help me", "S.O.S", "MAYDAY MAYDAY", "emergency", "119", "불🔥살려", "사람 살려", "도와죠", "긴급상황"],
    "violence": ["call the police", "raped", "kidnapped", "때려요", "bomb!", "강도야", "경찰 불러줘"],
    "intruder": ["burglars!", "thief", "도둑이야", "도둑 들었어요"],
    "medical": ["i need an ambulance", "🚑🚑🚑", "구급차 불러주세요", "🚑 필요해요"],
    "cardiac": ["heart attack", "i cant breath", "심장마비", "숨막혀"],
    "stroke": ["stroke", "뇌졸중"],
    "trapped": ["trapped", "갇혔어요"],
    "bleeding": ["im bleding bad", "blood!!"],
    "gas": ["ther is gas leek", "가스!!"],
    "suicide": ["suicide", "kms", "109", "i want to end it", "자살", "죽고싶다", "그만하고 싶어요"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CRIES.items() for text in texts])
def test_a_message_that_is_nothing_but_a_cry_is_found_with_its_first_number(kind, text):
    found = emergency.detect(text)
    assert found is not None
    assert found.numbers[0] == emergency_lexicon.load("en")["kinds"][kind]["numbers"][0]


@pytest.mark.parametrize("text", ["fire", "gas", "ambulance", "fire?", "smoke", "불", "가스", "구급차", "지진", "불?"])
def test_a_word_that_may_be_a_topic_or_an_answer_is_no_cry(text):
    """The festival check asks what is used; a danger's bare name opens its card, which names 119."""
    assert emergency.detect(text) is None


@pytest.mark.parametrize("part", ["cries", "shouted"])
def test_both_languages_know_cries_of_known_kinds_that_are_no_moves(part):
    for language in LANGUAGES:
        written = emergency_lexicon.load(language)
        assert set(written[part]) <= set(KINDS)
        assert not [move for move in written["moves"] if emergency_lexicon.cry(move, emergency_text.clean(move))]


@pytest.mark.parametrize(
    "text",
    [
        "집에 불낫어여",
        "연기가 나여 빨리여",
        "살려주새요",
        "도와주새요",
        "주꼬싶어요",
        "죽고십다",
        "가스냄세나요",
        "차에 치엿어요",
        "남편이 떄려요",
        "엘베에 갇혓어요",
        "물에 빠졋어요",
        "im drownign",
        "he has a knfie",
    ],
)
def test_slips_of_panic_are_read(text):
    assert emergency.detect(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "baby가 choking 해요",
        "someone with 칼 is here",
        "my 할머니 쓰러졌어요 unconscious",
        "gas smell 나요 계단에서",
        "🔪 들고 쫓아와",
        "💊💊💊 다 먹었어",
        "🔪👨 chasing me",
        "🚗💥 사람 다쳤어요",
        "WE ARE SINKING",
        "THE BRIDGE COLLAPSED PEOPLE IN THE WATER",
    ],
)
def test_mixed_languages_signs_and_capitals_are_read(text):
    assert emergency.detect(text) is not None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("I was raped", "112"),
        ("my child is lost", "112"),
        ("there is a bomb in the station", "112"),
        ("he hits me, please send someone", "112"),
        ("I was stabbed", "119"),
        ("칼에 찔렸어요", "119"),
    ],
)
def test_short_accounts_of_violence_and_loss_have_their_number(text, number):
    found = emergency.detect(text)
    assert found is not None
    assert number in found.numbers


LONG_STORY = {
    "en": "I wanted to ask about the festival safety plan and which office takes the papers. We have a stage, "
    "twelve stalls and a small parade. ",
    "ko": "축제 안전관리계획을 어느 부서에 내는지 여쭤보려고 했습니다. "
    "무대가 하나 있고 노점이 열두 곳이며 행진도 합니다. ",
}


@pytest.mark.parametrize("text", [text for text, _, _ in PLAIN])
@pytest.mark.parametrize("length", [1000, 3000])
def test_danger_without_a_stop_before_it_at_the_end_of_a_long_message_is_found(text, length):
    story = LONG_STORY["en" if text.isascii() else "ko"]
    before = (story * (length // len(story) + 1))[:length]
    assert emergency.detect(f"{before} {text}") is not None
    assert emergency.detect(f"{before.replace('.', '')} {text}") is not None


@pytest.mark.parametrize("text", [text for text, _, _ in PLAIN])
def test_danger_in_the_middle_of_a_long_message_is_found(text):
    half = LONG_STORY["en" if text.isascii() else "ko"] * 8
    assert emergency.detect(f"{half}{text}. {half}") is not None


@pytest.mark.parametrize(
    "text",
    [
        "goodbye",
        "ok",
        "next",
        "no",
        "yes",
        "thanks",
        "Mapo-gu",
        "안녕히 계세요",
        "네",
        "다음",
        "고마워요",
        "마포구",
        "없어요",
    ],
)
def test_moves_of_a_conversation_are_left_alone(text):
    assert emergency.detect(text) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_ordinary_message_is_left_alone(language):
    assert emergency.detect(FILLER[language]) is None


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t", "\x00", "\u200b", "???", "🙂", "1", "\ud83d", "/help", "/start", None, 119]
)
def test_nothing_to_read_is_no_emergency(text):
    assert emergency.detect(text) is None


@pytest.mark.parametrize("unit", ["a", "불", "(", "a ", "가 ", "\u0301", "no ", "smoke ", "없어", "is it. "])
def test_any_size_is_cut_to_a_bound(unit):
    text = unit * 20_000
    cleaned = emergency_text.clean(text)
    assert len(cleaned) <= emergency_text.HEAD + emergency_text.TAIL + 1
    assert len(emergency_text.pieces(cleaned)) <= 2 * emergency_text.PIECES
    emergency.detect(text)


def test_no_move_of_a_conversation_holds_danger():
    for language in LANGUAGES:
        for move in emergency_lexicon.load(language)["moves"]:
            assert not emergency_lexicon.signs(emergency_text.clean(move)).danger, move


def test_both_languages_have_the_same_keys():
    english, korean = (emergency_lexicon.load(language) for language in ("en", "ko"))
    for part in ("labels", "also", "kinds", "danger", "event", "marks", "counter", "shouted"):
        assert set(english[part]) == set(korean[part]), part
    assert set(english["danger"]) == set(english["event"]) == set(english["kinds"])
    for kind in KINDS:
        assert english["kinds"][kind]["numbers"] == korean["kinds"][kind]["numbers"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_reply_begins_with_its_number_and_asks_nothing(kind, language):
    numbers = tuple(emergency_lexicon.load(language)["kinds"][kind]["numbers"])
    said = emergency.reply(emergency.Emergency(kind, numbers, language, 1.0), language)
    assert said.text.startswith(numbers[0])
    assert "?" not in said.text
    assert len(said.text) <= 360
    assert tuple(number for number, _ in said.calls) == numbers
    assert all(number in label for number, label in said.calls)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_service_is_named_and_can_be_called(language):
    said = emergency.reply(emergency.Emergency("fire", ("119", "112", "109"), language, 0.5), language)
    assert [number for number, _ in said.calls] == ["119", "112", "109"]
    assert all(number in said.text for number in ("119", "112", "109"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_emergencies_get_their_service(language):
    first = {kind: entry["numbers"][0] for kind, entry in emergency_lexicon.load("en")["kinds"].items()}
    meant = [row for row in held_out() if row["emergency"] and row["language"] == language]
    found = [(row, emergency.detect(row["text"])) for row in meant]
    right = [first[row["kind"]] in told.numbers for row, told in found if told]
    assert sum(right) / len(right) >= 0.93


def test_the_suicide_reply_gives_109():
    for language in LANGUAGES:
        found = emergency.detect("죽고 싶어요", language)
        assert found is not None
        assert found.language == language
        assert "109" in emergency.reply(found, language).text


def test_weights_are_small():
    data = emergency_model.WEIGHTS.parent
    assert emergency_model.WEIGHTS.stat().st_size < 1_000_000
    assert (data / "emergency_words.json").stat().st_size < 100_000


def test_weights_are_those_of_the_lexicon_and_the_messages():
    """Whoever edits either runs ``python -m nlu.train_emergency`` and commits what it wrote."""
    with np.load(emergency_model.WEIGHTS, allow_pickle=False) as stored:
        assert str(stored["inputs"]) == train_emergency.inputs()


def test_asking_the_trainer_for_help_trains_nothing(capsys):
    before = emergency_model.WEIGHTS.stat().st_mtime_ns
    with pytest.raises(SystemExit):
        train_emergency.main(["--help"])
    assert "--figures" in capsys.readouterr().out
    assert emergency_model.WEIGHTS.stat().st_mtime_ns == before


def test_a_rare_feature_tells_more_than_a_common_one_and_a_chance_one_nothing():
    from scipy.sparse import csr_matrix

    shown = csr_matrix(np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 0, 0]], dtype=float))
    common, rare, chance = train_emergency._telling(shown, [True] * 4)
    assert common < rare
    assert chance == 0


def test_weights_as_stored_keep_their_values():
    values = np.linspace(-3, 3, 1001, dtype=np.float32)
    steps, size = emergency_model.narrowed(values)
    assert steps.dtype == np.int8
    assert np.abs(steps * size - values).max() <= size / 2 + 1e-6


def test_both_languages_name_the_same_concepts():
    english, korean = (emergency_lexicon.load(language)["concepts"] for language in ("en", "ko"))
    assert list(english) == list(korean)
    said = ("the river took my brother", "동생이 강물에 떠내려가요")
    water = [emergency_lexicon.signs(text).concepts for text in said]
    assert all({"water", "kin"} <= found for found in water)


def test_without_weights_the_lexicon_works_alone(monkeypatch):
    monkeypatch.setattr(emergency_model, "weights", lambda: None)
    assert all(emergency.detect(text) for text, _, _ in PLAIN)


@pytest.mark.skipif(not SHARED.exists(), reason="no development sets here")
def test_development_set_of_emergencies():
    missed, hijacked, quiet = [], [], 0
    for row in rows(SHARED / "emergency.jsonl"):
        found = emergency.detect(row["text"])
        if not row["emergency"]:
            quiet += 1
            hijacked += [row["id"]] if found else []
            continue
        said = emergency.reply(found, row["lang"]).text if found else ""
        given = {*(found.numbers if found else ()), *said.split()}
        if not any(number in given or number in said for number in row["expect_number"].split("|")):
            missed.append(row["id"])
    assert not missed
    assert len(hijacked) <= 0.05 * quiet, hijacked


@pytest.mark.skipif(not SHARED.exists(), reason="no development sets here")
def test_development_set_of_ordinary_questions():
    asked = [row["question"] for row in rows(SHARED / "provisions.jsonl")]
    hijacked = [question for question in asked if emergency.detect(question)]
    assert len(hijacked) <= 0.01 * len(asked), hijacked


BLIND = {  # emergencies found, service named right, look-alikes hijacked: what is measured, less a margin
    "a": (0.98, 0.97, 0.13),
    "b": (0.96, 0.94, 0.18),
    "c": (0.85, 0.80, 0.33),
}


def blind(name: str) -> list[dict[str, Any]]:
    """Messages written before the detector was measured on them, and never learned from."""
    return rows(ROOT / "tests" / "nlu" / "samples" / f"emergency_blind_{name}.jsonl")


@pytest.mark.parametrize("name", BLIND)
def test_blind_emergencies_are_found_and_get_their_service(name):
    meant = [row for row in blind(name) if row["emergency"]]
    told = [(row, emergency.detect(row["text"])) for row in meant]
    found = [(row, seen) for row, seen in told if seen]
    right = [bool({*row["numbers"].split("|")} & {*seen.numbers}) for row, seen in found]
    assert len(found) / len(meant) >= BLIND[name][0], [row["text"] for row, seen in told if not seen]
    assert sum(right) / len(meant) >= BLIND[name][1]


@pytest.mark.parametrize("name", BLIND)
def test_blind_lookalikes_are_left_alone(name):
    texts = [row["text"] for row in blind(name) if not row["emergency"]]
    assert share_found(texts) <= BLIND[name][2]


@pytest.mark.parametrize("name", BLIND)
def test_blind_messages_are_not_learned_from(name):
    learned = {row["text"].casefold() for row in rows(ROOT / "nlu" / "data" / "emergency_messages.jsonl")}
    assert not [row["text"] for row in blind(name) if row["text"].casefold() in learned]


@pytest.mark.parametrize(
    "text",
    [
        "nearest earthquake shelter to Wongok-dong?",
        "is there anything dangerous on my way to Gojan station?",
        "where is the nearest tsunami shelter",
        "where do people stay if their home burns down",
        "what to do if trapped in a lift",
        "what should I do if there is a fire",
        "we're running a fireworks night on the river for 400 people on 3 May",
        "gas burners, 3",
        "two ambulances and ten safety staff",
        "there's a pothole by the school",
        "the railing is broken at the footbridge",
        "a tree has fallen across the footpath",
        "우리 동네 무더위쉼터 알려줘",
        "대피소 어디야?",
        "고잔역 가는 길에 위험한 거 있어?",
        "집이 침수되면 어디서 지내요",
        "지진 나면 어떻게 해?",
        "가스 냄새 나면 어떻게 해야 돼요?",
        "불꽃놀이 400명",
        "가스통 사용해요",
        "안전요원 10명 구급차 1대",
        "가로등이 나갔어요",
        "난간이 부러져 있어요",
        "길에 나무가 쓰러져 있어요",
        "이 노래 완전 불타오르네",
    ],
)
def test_questions_forms_and_reports_are_left_alone(text):
    assert emergency.detect(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I'm trapped in the lift",
        "Where is the nearest shelter, bombs are falling",
        "water is rising, where is the nearest shelter",
        "there is a fire, where do we go",
        "where is the shelter? the house is shaking",
        "a car fell into a sinkhole",
        "a live power line is lying on the pavement",
        "there's a gas smell in the stairwell",
        "there are people under the wall",
        "엘리베이터에 갇혔어요",
        "폭탄이 떨어지는데 제일 가까운 대피소 어디예요",
        "불났는데 어디로 대피해요",
        "물이 차오르는데 대피소 어디예요",
        "산불이 내려오는데 어디로 대피해야 돼요",
        "땅이 꺼져서 차가 빠졌어요",
        "전선이 끊어져서 길에 늘어져 있어요",
        "가스 냄새가 나요",
        "옆 창고가 불타요",
    ],
)
def test_danger_comes_before_the_question_beside_it(text):
    assert emergency.detect(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "i want to vanish",
        "nobody needs me",
        "I made sure my sister has the keys. After today nothing hurts anymore",
        "사라지고 싶어",
        "사는 게 지친다",
        "난 이제 끝이야",
        "다들 고마웠어요 이제 저는 없어도 돼요",
    ],
)
def test_short_hints_at_suicide_are_heard(text):
    found = emergency.detect(text)
    assert found is not None
    assert "109" in found.numbers


@pytest.mark.parametrize("text", ["next form please", "tired of monday", "숙제가 지겨워요", "휴가 언제 오나"])
def test_everyday_weariness_is_no_hint(text):
    assert emergency.detect(text) is None


def test_the_examples_of_our_notes_are_questions():
    """Not learned from: they tell how many ordinary questions are taken for emergencies."""
    asked = [
        question
        for path in sorted((ROOT / "knowledge" / "laws").glob("*/notes/*.jsonl"))
        for note in rows(path)
        for part in ("questions_en", "questions_ko")
        for question in note.get(part) or []
    ]
    assert len(asked) > 1000
    assert share_found(asked) <= 0.008


@pytest.mark.parametrize(
    "text",
    ["아빠 미안해요 다 내 잘못이었어요", "좋은 친구들이었어요 고마웠어요", "sorry everyone, it was me, it's over now"],
)
def test_an_apology_in_the_past_tense_is_not_silenced_as_an_all_clear(text):
    """Words of an all-clear ("it was …", "sorry") are words of a farewell too."""
    assert emergency.detect(text) is not None
