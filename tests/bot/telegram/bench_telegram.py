"""From question to reply on Telegram, in both modes: ``python -m tests.bot.telegram.bench_telegram [rounds]``.

A real bot, the Bot API server of the tests and python-telegram-bot, one question at a time. Measured from the
moment the update is there for delivery until the first message stands in the chat; the way to Telegram's own
servers and back is not in it. Each question is asked by somebody new.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bot.telegram.bot_api import SECRET, TOKEN, BotApi

QUESTIONS = {
    "rule": ["When must a festival safety plan be handed in?", "구조 활동 중에 제 물건이 망가지면 누가 보상하나요?"],
    "place": ["heat shelter near Gojan-dong", "원곡동 지진 대피소 어디야"],
    "emergency": ["my house is on fire", "집에 불이 났어요"],
}
WARM = 3


async def measure(api: BotApi, rounds: int) -> dict[str, list[float]]:
    """Seconds by kind of question."""
    found: dict[str, list[float]] = {kind: [] for kind in QUESTIONS}
    chat = int(time.time())
    for turn in range(rounds + WARM):
        for kind, questions in QUESTIONS.items():
            for question in questions:
                chat += 1
                begin = time.perf_counter()
                api.say(question, chat=chat)
                await api.until(lambda chat=chat: api.of("sendMessage", chat), 60)
                if turn >= WARM:
                    found[kind].append(api.of("sendMessage", chat)[0]["at"] - begin)
                await api.quiet(0.15)
    return found


async def bench(mode: str, rounds: int) -> None:
    from bot.channels.telegram.poll import poll
    from bot.channels.telegram.settings import read_settings
    from bot.launcher import free_port, stack

    async with BotApi() as api:
        os.environ["ANSIM_TELEGRAM_API"] = api.address
        for name, value in (("ANSIM_TELEGRAM_TOKEN", TOKEN), ("ANSIM_TELEGRAM_SECRET", SECRET)):
            os.environ.pop(name, None)
            if mode == "webhook":
                os.environ[name] = value
        with tempfile.TemporaryDirectory() as home:
            servers = stack(free_port(), free_port(), Path(home))
            os.environ["ANSIM_ACTIONS_URL"] = servers.actions.url.replace("/health", "/webhook")
            stop, poller = asyncio.Event(), None
            try:
                servers.actions.start()
                servers.rasa.start()
                await asyncio.to_thread(servers.wait)
                if mode == "webhook":
                    api._setWebhook({"url": f"{servers.address}/webhooks/telegram/webhook", "secret_token": SECRET})
                else:
                    os.environ["ANSIM_TELEGRAM_TOKEN"] = TOKEN
                    poller = asyncio.ensure_future(poll(read_settings(secret_needed=False), servers.address, stop))
                await api.until(lambda: len(api.of("setMyCommands")) == 2, 60)
                report(mode, await measure(api, rounds))
            finally:
                stop.set()
                if poller is not None:
                    await poller
                servers.stop()


def report(mode: str, found: dict[str, list[float]]) -> None:
    for kind, seconds in found.items():
        cuts = statistics.quantiles(seconds, n=20)
        median, p95 = statistics.median(seconds) * 1000, cuts[18] * 1000
        print(f"{mode:8} {kind:10} n={len(seconds):3} median {median:6.0f} ms   p95 {p95:6.0f} ms", flush=True)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for mode in ("webhook", "polling"):
        asyncio.run(bench(mode, rounds))


if __name__ == "__main__":
    main()
