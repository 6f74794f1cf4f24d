"""The real web channel and page over a dialogue that answers with prepared places, for states of the page.

The whole bot answers such questions too (test_map.py asks it); here each state is had at once: doubts, sections
of road, a way, somebody's own place, a row without a point. Rows are of Ansan's disclosed data.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from bot.launcher import free_port

SOURCE = {
    "ko": ("안산시 지진 옥외대피장소", "경기도 안산시"),
    "en": ("Ansan earthquake outdoor evacuation sites", "Ansan City"),
}
SITES = (
    ("안산서초등학교 운동장", 37.330968366, 126.80017249, 24, 1),
    ("원곡중학교 운동장", 37.331331412, 126.80173769, 165, 3),
    ("원곡고등학교 운동장", 37.332861608, 126.79868252, 257, 4),
    ("원일초등학교 운동장", 37.333007305, 126.80388625, 422, 7),
)
ROOM = {"address": "경기도 안산시 단원구 석수로 131(선부동)", "capacity": 230, "distance_m": 1922, "walk_min": 29}
CENTRE = {"address": "경기도 안산시 단원구 번영1로 45 (성곡동)", "phone": "031-470-7561"}
WORDS = {
    "lead": {
        "ko": "원곡동에서 가까운 지진 옥외대피장소:",
        "en": "Earthquake outdoor evacuation sites near Wongok-dong:",
    },
    "use": {
        "ko": "지진 때 가는 곳입니다: 건물에서 떨어진 야외입니다.",
        "en": "For earthquakes: in the open, away from buildings.",
    },
    "kind": {"ko": "지진 옥외대피장소", "en": "earthquake outdoor evacuation site"},
    "section": {"ko": "상습결빙구간", "en": "ice-prone road section"},
    "housing": {"ko": "이재민 임시주거시설", "en": "temporary housing"},
    "centre": {"ko": "119안전센터", "en": "119 safety centre"},
    "coarse": {
        "ko": "공개된 좌표가 대략적이라 수십 미터 이상 다를 수 있습니다.",
        "en": "The published position is rough: it may be tens of metres off or more.",
    },
    "none": {
        "ko": "좌표가 공개되어 있지 않으니 주소를 보고 가세요.",
        "en": "No position is published; go by the address.",
    },
    "dated": {"ko": "출처: {}, {}, 2023-11 기준.", "en": "Source: {}, {}, as of 2023-11."},
}


def place(language: str, name: str, lat: float | None, lon: float | None, **more: Any) -> dict[str, Any]:
    title, publisher = SOURCE[language]
    return {
        "id": f"ansan-earthquake-sites|{name}", "name": name, "kind": "earthquake_site",
        "kind_label": WORDS["kind"][language], "distance_m": None, "walk_min": None, "lat": lat, "lon": lon,
        "end_lat": None, "end_lon": None, "address": "", "district": "단원구", "dong": "", "capacity": None,
        "phone": "", "source": "ansan-earthquake-sites", "source_label": title, "publisher": publisher,
        "licence": "KOGL-1", "as_of": "2023-11", "stale": False, "coordinate_quality": "official", "flags": [],
        "notes": [], "extra": {},
        "map_url": f"https://map.kakao.com/link/map/{name},{lat},{lon}" if lat else "", **more,
    }  # fmt: skip


def places_of(language: str, case: str) -> list[dict[str, Any]]:
    if case == "close":
        # three on one point, one a few steps away, the first where the way begins
        spots = ((37.3308, 126.8), (37.3308, 126.8), (37.3308, 126.8), (37.33085, 126.80005), (37.3205, 126.81))
        return [place(language, f"장소 {at}", *spot) for at, spot in enumerate(spots, 1)]
    if case == "sections":
        road = {"kind": "ice_prone_section", "kind_label": WORDS["section"][language], "distance_m": 180}
        return [
            place(language, "중앙로", 37.33244519, 126.7546514, end_lat=37.33417984, end_lon=126.7630861, **road),
            place(language, "중앙로", 37.33172359, 126.7819416, end_lat=37.3346394, end_lon=126.7762146, **road),
        ]
    found = [
        place(language, name, lat, lon, distance_m=metres, walk_min=minutes)
        for name, lat, lon, metres, minutes in SITES
    ]
    found[2].update(coordinate_quality="coarse", notes=[WORDS["coarse"][language]])
    return [
        *found,
        place(language, "경일고", 37.34752, 126.80562, kind_label=WORDS["housing"][language], stale=True, **ROOM),
        place(language, "군자119안전센터", None, None, kind_label=WORDS["centre"][language],
              notes=[WORDS["none"][language]], **CENTRE),
    ]  # fmt: skip


def answer_of(language: str, case: str, location: dict[str, float] | None) -> dict[str, Any]:
    """``case``: near, close (places upon another), here, sections, emergency or law (no places)."""
    lead, use = WORDS["lead"][language], WORDS["use"][language]
    places = [] if case == "law" else places_of(language, case)
    rows = [f"{at}. {each['name']}, {each['distance_m']} m\n   {each['address']}" for at, each in enumerate(places, 1)]
    listed = "\n".join(rows)
    source = WORDS["dated"][language].format(*reversed(SOURCE[language]))
    origin = {"name": "원곡동" if language == "ko" else "Wongok-dong", "lat": 37.3308, "lon": 126.8, "kind": "place"}
    if case == "here" and location:
        origin = {"name": "", **location, "kind": "here"}
    goal = {"name": "초지역" if language == "ko" else "Choji Station", "lat": 37.3205, "lon": 126.8053, "kind": "place"}
    return {
        "status": "emergency" if case == "emergency" else "answered", "language": language, "lead": lead,
        "text": "\n\n".join([lead, listed, use, source]), "citations": [], "places": places, "computed": [],
        "next_steps": [], "suggestions": [], "matches": [], "calls": [], "source_dates": ["2023-11"],
        "map": {"origin": origin, "destination": goal if case == "sections" else None,
                "dong_codes": [] if case == "here" else ["4127358000"]},
    }  # fmt: skip


@contextlib.contextmanager
def serving() -> Iterator[tuple[str, list[Any]]]:
    """The chat's address, and what reached the dialogue: one UserMessage after another.

    The last word of a message names the case; Hangul makes the answer Korean.
    """
    from sanic import Sanic

    from bot.channels.web.channel import WebChannel
    from nlu.language import detect

    seen: list[Any] = []

    async def dialogue(message: Any) -> None:
        seen.append(message)
        case = message.text.split()[-1] if message.text.split() else ""
        case = case if case in ("near", "close", "sections", "emergency", "law") else "here"
        language = message.metadata.get("language") or detect(message.text)
        answer = answer_of(language, case, message.metadata.get("location"))
        await message.output_channel.send_custom_json(message.sender_id, {"answer": answer})

    port, loop = free_port(), asyncio.new_event_loop()
    app = Sanic(f"ansim_places_{port}", configure_logging=False)
    channel = WebChannel()
    app.blueprint(channel.blueprint(dialogue), url_prefix=channel.url_prefix())
    server = loop.run_until_complete(app.create_server("127.0.0.1", port, return_asyncio_server=True))
    loop.run_until_complete(server.startup())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}", seen
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
