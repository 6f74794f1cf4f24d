"""Makes the Answers in ``answers/`` anew with the real system: ``python -m tests.bot.make_answers``.

They are kept as files so that every channel's tests render the same ones without an index or a catalogue.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from nlu.answer import Answer, Call

if TYPE_CHECKING:
    from knowledge.obligations.festival import FestivalFacts

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
    "both": (
        "원곡동 지진 대피소하고 축제 계획 제출 기한 알려줘",
        "earthquake site near Wongok-dong, and when is the festival plan due?",
    ),
    "card": ("지진이 나면 어떻게 해야 하나요?", "What should I do in an earthquake?"),
    "sources": ("어떤 자료를 가지고 있어?", "What data do you hold?"),
    "emergency-fire": ("집에 불이 났어요 살려주세요", "help, there is a fire in my house"),
    "emergency-suicide": ("죽고 싶어요", "I want to kill myself"),
    "emergency-violence": ("누가 칼 들고 쫓아와요", "a man with a knife is chasing me"),
}
"""Name -> what is asked in Korean and in English."""
DUE = {
    "ko": "2026년 5월 5일 축제인데 안전관리계획은 언제까지 내야 해?",
    "en": "My festival starts on 5 May 2026, when is the safety plan due?",
}


def main() -> int:
    """Write every Answer; returns 0."""
    made = (asked(), located(), static(), festival(), files(), duties(), report(), listed(), by_hand())
    found = {name: answer for answers in made for name, answer in answers.items()}
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
    from knowledge.obligations.festival import check

    facts = _facts()
    return {f"festival-{lang}": compose_festival(check(facts, TODAY), facts, lang) for lang in ("ko", "en")}


def files() -> dict[str, Answer]:
    """With files to take away, as the festival form ends: a calendar is among them where the day is known."""
    from actions import festival_result

    found = {}
    with patch.object(festival_result, "today", lambda: TODAY):  # the answer says how many days are left
        for language in ("ko", "en"):
            found[f"files-{language}"] = festival_result.festival_result(_facts(), language)
            undated = replace(_facts(), start=None, end=None)
            found[f"files-undated-{language}"] = festival_result.festival_result(undated, language)
    return found


def _facts() -> FestivalFacts:
    from knowledge.obligations.festival import FestivalFacts

    return FestivalFacts(
        people=3000, venue="other", materials=("firecrackers",), host="private", place="안산문화광장",
        start=dt.date(2026, 5, 5), end=dt.date(2026, 5, 6), plan="none",
    )  # fmt: skip


def duties() -> dict[str, Answer]:
    """A counted due day of a duty, and the list of somebody's duties."""
    from actions.compose_deadline import compose_deadline
    from actions.compose_duty import compose_duties
    from nlu.route import route

    found = {}
    for language, said in DUE.items():
        request = route(said, language).deadline
        assert request is not None
        found[f"deadline-{language}"] = compose_deadline(request, language, TODAY)
        found[f"duties-{language}"] = compose_duties(("festival-host",), language)
    return found


def report() -> dict[str, Answer]:
    """A hazard report that was kept, in a store of its own: its receipt is a new one each time."""
    from actions import compose_report
    from knowledge.reports.model import NewReport
    from knowledge.reports.sqlite import SqliteReports

    new = NewReport("slope", "옹벽에 금이 갔어요", "원곡초등학교", 37.32824, 126.79609, ("4127355500",))
    noon = dt.datetime.combine(TODAY, dt.time(3), dt.timezone.utc)
    with tempfile.TemporaryDirectory() as folder:
        told = SqliteReports(Path(folder) / "reports.sqlite").add(new, "somebody", noon)
    return {f"report-{language}": compose_report.stored(told, language) for language in ("ko", "en")}


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
