"""How long a person on KakaoTalk waits: ``python -m bot.channels.kakao.bench [rounds]``.

Starts the whole bot on free ports and asks over HTTP as Kakao does, one after the other.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path

QUESTIONS = (
    "축제 안전관리계획은 언제까지 내야 하나요?",
    "구조 활동 중에 제 물건이 망가지면 누가 보상하나요?",
    "고잔역 근처 무더위쉼터",
    "원곡동 지진 대피소",
    "집에 불이 났어요 살려주세요",
    "제71조",
    "도움말",
    "선부동 대피소 어디야",
    "When must a festival safety plan be handed in?",
    "Who pays when rescuers damage my property?",
    "heat shelter near Gojan station",
    "earthquake shelter near Wongok-dong",
    "there is a fire in my house, help",
    "Article 71",
    "help",
    "anything dangerous near Bono-dong?",
)
BOT = "bench"


def main() -> int:
    """Print median and 95th percentile in milliseconds; returns 0, or 1 when a reply did not come in 5 s."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    path = secrets.token_urlsafe(24)
    os.environ |= {"ANSIM_KAKAO_PATH": path, "ANSIM_KAKAO_BOT_ID": BOT}
    from bot.launcher import running

    with tempfile.TemporaryDirectory() as home, running(Path(home)) as servers:
        address = f"{servers.address}/webhooks/kakao/{path}"
        first = ask(address, QUESTIONS[0])
        took = sorted(ask(address, question) for _ in range(rounds) for question in QUESTIONS)
    p95 = took[int(len(took) * 0.95)]
    print(f"first {first:.0f} ms; {len(took)} questions: median {statistics.median(took):.0f} ms, p95 {p95:.0f} ms")
    return int(max(first, *took) > 5000)


def ask(address: str, question: str) -> float:
    """Milliseconds from a question of somebody new to the whole reply."""
    user = {"id": uuid.uuid4().hex, "type": "botUserKey"}
    row = {"bot": {"id": BOT}, "userRequest": {"utterance": question, "lang": "kr", "user": user}}
    request = urllib.request.Request(address, json.dumps(row).encode(), {"Content-Type": "application/json"})
    begin = time.perf_counter()
    with urllib.request.urlopen(request, timeout=10) as answer:
        json.loads(answer.read())
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    sys.exit(main())
