"""Puts ``/data/places.geojson``, ``/data/map.png`` and ``/data/festival`` on the action server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from actions.festival_files import PATH, festival_file
from actions.places_api import Reply, map_png, places_geojson
from knowledge.catalogue.model import Catalogue

ROUTES: dict[str, Callable[[Mapping[str, str], Callable[[], Catalogue]], Reply]] = {
    "/data/places.geojson": places_geojson,
    "/data/map.png": map_png,
}


def attach(app: Any) -> None:
    """``app``: the SDK's Sanic app. The answers are made off its event loop: they read a store and draw."""
    from rasa_sdk.endpoint import HTTPResponse

    for path, answer in ROUTES.items():

        async def handler(request: Any, answer: Callable[..., Reply] = answer) -> Any:
            given = {name: values[0] for name, values in request.args.items()}
            reply = await asyncio.to_thread(answer, given, _catalogue)
            return HTTPResponse(reply.body, status=reply.status, content_type=reply.content_type)

        app.add_route(handler, path, name="ansim_" + answer.__name__)

    async def file(request: Any) -> Any:
        given = {name: values[0] for name, values in request.args.items()}
        reply = await asyncio.to_thread(festival_file, given)
        return HTTPResponse(reply.body, status=reply.status, content_type=reply.content_type)

    app.add_route(file, PATH, name="ansim_festival_file")


def _catalogue() -> Catalogue:
    from knowledge.catalogue.opening import open_catalogue

    return open_catalogue()
