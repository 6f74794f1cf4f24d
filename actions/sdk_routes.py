"""How our addresses get onto the action server: through the SDK's own plugin hook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def register(name: str, attach: Callable[[Any], None]) -> None:
    """Make the SDK hand ``attach`` the Sanic app that it is going to run."""
    import pluggy
    from rasa_sdk.plugin import plugin_manager

    class Routes:
        @pluggy.HookimplMarker("rasa_sdk")
        def attach_sanic_app_extensions(self, app: Any) -> None:
            attach(app)

    plugin_manager().register(Routes(), f"ansim_{name}")
