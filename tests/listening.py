"""A Sanic server on a free port, in the test's own event loop."""

from __future__ import annotations

import contextlib
import itertools
import socket

_names = itertools.count()


@contextlib.asynccontextmanager
async def listening(register, app=None):
    """(address, app) of a server with what ``register(app)`` puts on it. ``app``: a new one unless given."""
    from sanic import Sanic

    Sanic.test_mode = True
    app = app or Sanic(f"ansim_test_{next(_names)}", configure_logging=False)
    register(app)
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}", app
    finally:
        await server.before_stop()
        server.close()
        await server.after_stop()
