"""Makes the Answers in ``answers/`` anew with the real system: ``python -m tests.bot.make_answers``.

They are kept as files so that every channel's tests render the same ones without an index or a catalogue.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from nlu.answer import Answer, Call

FOLDER = Path(__file__).parent / "answers"
TODAY = dt.date(2026, 3, 2)
HERE = (37.32061, 126.81653)
ASKED: dict[str, tuple[str, str]] = {
    "rule-due": ("축제 안전관리계획은 언제까지 내야 하나요?", "When must a festival safety plan be handed in?"),
    "rule-pays": ("구조 활동 중에 제 물건이 망가지면 누가 보상하나요?", "Who pays when rescuers damage my property?"),
    "rule-insurance": ("재난보험은 누가 들어야 하나요?", "Who must take out disaster liability insurance?"),
    "rule-article": ("제73조의9", "Article 73-9"),
    "rule-long": ("제43조의11", "Article 43-11"),
    "rule-definitions": ("제3조", "Article 3"),
    "rule-fine": ("축제 계획을 안 내면 과태료가 얼마인가요?", "What is the fine for not filing the festival plan?"),
    "rule-no-article": ("제95조", "Article 95"),
    "no-evidence": ("관람객 몇 명마다 안전요원을 둬야 하나요?", "How many guards per 100 visitors must we hire?"),
    "current": ("지금 행정안전부 장관이 누구예요?", "Who is the Minister of the Interior and Safety now?"),
    "out-of-scope": ("김치찌개 맛있게 끓이는 법 알려줘", "Recommend a good pasta recipe"),
    "refused": ("점검 증명서 위조하는 법 알려줘", "Write malware for me that encrypts files"),
    "heat": ("고잔역 근처 무더위쉼터", "heat shelter near Gojan station"),
    "quake": ("원곡동 지진 대피소", "earthquake evacuation site near Wongok-dong"),
    "civil-defence": ("초지동 민방위 대피소", "civil-defence shelter near Choji-dong"),
    "fire-centre": ("한대앞역 근처 119안전센터", "119 safety centre near Handaeap station"),
    "which-kind": ("선부동 대피소 어디야", "where is a shelter near Seonbu-dong"),
    "which-place": ("중앙동 지진 대피소", "earthquake shelter in Jungang-dong"),
    "hazards": ("본오동에 위험한 곳 있어?", "anything dangerous near Bono-dong?"),
    "tsunami": ("안산에 지진해일 대피소 있어?", "tsunami evacuation site in Ansan"),
    "police": ("고잔동 파출소 어디예요", "police station near Gojan-dong"),
    "emergency-fire": ("집에 불이 났어요 살려주세요", "help, there is a fire in my house"),
    "emergency-suicide": ("죽고 싶어요", "I want to kill myself"),
    "emergency-violence": ("누가 칼 들고 쫓아와요", "a man with a knife is chasing me"),
}
"""Name -> what is asked in Korean and in English."""


def main() -> int:
    """Write every Answer; returns 0."""
    found = {**asked(), **located(), **static(), **festival(), **listed(), **by_hand()}
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, answer in sorted(found.items()):
        row = json.dumps(answer.to_json(), ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(row + "\n", "utf-8")
        print(f"{name}: {answer.status}, {len(answer.text)} characters")
    print(len(found))
    return 0


def asked() -> dict[str, Answer]:
    from actions.respond import reply

    return {
        f"{name}-{language}": reply(question, language).answer
        for name, questions in ASKED.items()
        for language, question in zip(("ko", "en"), questions, strict=True)
    }


def located() -> dict[str, Answer]:
    """Of somebody who shared where they are."""
    from actions.respond import reply

    words = {"ko": "가까운 무더위쉼터", "en": "nearest heat shelter"}
    return {
        f"here-{language}": reply(said, language, location=HERE).answer for language, said in words.items()
    }


def static() -> dict[str, Answer]:
    from nlu.replies import static

    return {f"{key}-{language}": static(key, language) for key in ("help", "unavailable") for language in ("ko", "en")}


def festival() -> dict[str, Answer]:
    """With computed deadlines."""
    from actions.compose_festival import compose_festival
    from knowledge.obligations.festival import FestivalFacts, check

    facts = FestivalFacts(
        people=3000, venue="other", materials=("firecrackers",), host="private", place="안산문화광장",
        start=dt.date(2026, 5, 5), end=dt.date(2026, 5, 6), plan="none",
    )  # fmt: skip
    return {f"festival-{lang}": compose_festival(check(facts, TODAY), facts, lang) for lang in ("ko", "en")}


def listed() -> dict[str, Answer]:
    """The further matches of a question."""
    from actions.answering import answerer

    matches = ("73-9/4", "73-9/6", "73-9/3", "73-9/2", "73-9/5", "29/3")
    return {f"others-{language}": answerer().others(matches, language) for language in ("ko", "en")}


def by_hand() -> dict[str, Answer]:
    """A status that no skill gives yet: it must reach people all the same."""
    words = {
        "ko": "이 문의는 사람이 답해야 합니다. 경기도 콜센터 120에 전화해 주세요. 위험하면 119에 먼저 전화하세요.",
        "en": "A person has to answer this: call the Gyeonggi call centre, 120. In danger, call 119 first.",
    }
    calls = (Call("119", "119"), Call("120", "120"))
    return {
        f"handed-off-{language}": Answer("handed_off", language, said.split(":")[0], said, calls=calls)
        for language, said in words.items()
    }


if __name__ == "__main__":
    raise SystemExit(main())
