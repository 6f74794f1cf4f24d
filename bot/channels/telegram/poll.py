"""Telegram by long polling, for those without a public address: ``ansim telegram --poll``.

A process of its own beside a running bot. It asks Telegram for updates and brings them to the bot's REST
channel; whoever runs it needs no secret and opens no port. An update counts as received once it stands in
line here: when this process ends it first answers what is in line.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
import warnings
from typing import Any

from bot.channels.telegram.settings import TelegramSettings, read_settings
from bot.settings import settings as bot_settings

logger = logging.getLogger(__name__)
POLL_SECONDS = 50
"""How long Telegram holds a request without news (getUpdates, timeout; its limit is 50)."""
BATCH = 100
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
FULL_PAUSE = 0.5
REST_SECONDS = 15.0


def run_poll(address: str | None = None) -> int:
    """Until Ctrl-C. ``address``: the running bot (default: the local one). Raises ValueError for missing settings."""
    settings = read_settings(secret_needed=False)
    if settings is None:
        raise ValueError("Set ANSIM_TELEGRAM_TOKEN to the token of your bot, from @BotFather.")
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(message)s")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_until_stopped(settings, address or f"http://127.0.0.1:{bot_settings().port}"))
    return 0


async def _until_stopped(settings: TelegramSettings, address: str) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    print("Telegram: asking for messages. Ctrl-C stops.", flush=True)
    await poll(settings, address, stop)


async def poll(
    settings: TelegramSettings, address: str, stop: asyncio.Event, poll_seconds: int = POLL_SECONDS
) -> None:
    """Ask and answer until ``stop`` is set; then answer what is in line."""
    from bot.channels.telegram.client import Client
    from bot.channels.telegram.courier import OverRest
    from bot.channels.telegram.desk import Desk
    from nlu.emergency import detect

    await asyncio.to_thread(detect, "119")
    client, courier = Client(settings), OverRest(address, REST_SECONDS)
    desk = Desk(client, courier)
    asking = asyncio.ensure_future(_ask(desk, settings, poll_seconds))
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({asking, stopped}, return_when=asyncio.FIRST_COMPLETED)
    for task in (asking, stopped):
        task.cancel()
    ended = await asyncio.gather(asking, stopped, return_exceptions=True)
    await desk.close()
    await courier.close()
    with contextlib.suppress(Exception):
        await client.close()
    if isinstance(ended[0], Exception):
        raise ended[0]


async def _ask(desk: Any, settings: TelegramSettings, poll_seconds: int) -> None:
    """Get updates for ever. A cut connection, a flood or another poller is waited for, not died of."""
    from telegram import Bot
    from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
    from telegram.request import HTTPXRequest

    # raw updates: one that the library cannot read must not be asked for again and again
    warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")
    bot = Bot(
        settings.token,
        base_url=f"{settings.api}/bot",
        get_updates_request=HTTPXRequest(connection_pool_size=1, read_timeout=poll_seconds + 10),
    )
    offset, failures, begun = 0, 0, False
    try:
        while True:
            try:
                if not begun:
                    await _begin(bot, desk)
                    begun = True
                offset = await _once(bot, desk, offset, poll_seconds)
                failures = 0
            except InvalidToken:
                raise ValueError("Telegram does not know this token; check ANSIM_TELEGRAM_TOKEN.") from None
            except RetryAfter as wait:
                await asyncio.sleep(_seconds(wait.retry_after))
            except TelegramError as error:
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                failures += 1
                begun = begun and not isinstance(error, Conflict)  # somebody may have set a webhook
                if failures in (1, len(PAUSES)):
                    logger.warning("Telegram gives no messages (%s); asking again.", _why(error))
                await asyncio.sleep(pause)
    finally:
        with contextlib.suppress(Exception):
            await bot.shutdown()


async def _begin(bot: Any, desk: Any) -> None:
    """No webhook, or Telegram gives nothing to a poller; what waits is kept."""
    await bot.initialize()
    await bot.delete_webhook(drop_pending_updates=False)
    if not desk.client.me.username:
        await desk.client.open()
        await desk.client.tell_commands()


async def _once(bot: Any, desk: Any, offset: int, poll_seconds: int) -> int:
    """One request; the offset of the next."""
    from bot.channels.telegram.wire import KINDS_OF_UPDATE, update_id

    asked = {"offset": offset, "timeout": poll_seconds, "limit": BATCH, "allowed_updates": KINDS_OF_UPDATE}
    updates = await bot.do_api_request("getUpdates", api_kwargs=asked, read_timeout=poll_seconds + 10)
    for update in updates if isinstance(updates, list) else []:
        while desk.take(update) == "full":
            await asyncio.sleep(FULL_PAUSE)
        number = update_id(update)
        offset = max(offset, number + 1) if number is not None else offset
    return offset


def _seconds(given: Any) -> float:
    return float(given.total_seconds() if hasattr(given, "total_seconds") else given) + 0.1


def _why(error: Exception) -> str:
    from telegram.error import Conflict

    if isinstance(error, Conflict):
        return "another process asks for them, or a webhook is set"
    return type(error).__name__
