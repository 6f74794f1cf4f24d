"""A portal for the tests: a real HTTP server on this machine that answers in the official shapes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Reply = tuple[int, str, dict[str, str]]


class TestPortal:
    """Keeps what was asked; answers with ``answer(query, times)``, ``times`` counted from 1 over all requests."""

    __test__ = False

    def __init__(self, answer: Callable[[dict[str, str], int], Reply]) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.raw: list[str] = []
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                portal.asked.append((parts.path, query))
                portal.raw.append(self.path)
                status, text, headers = answer(query, len(portal.asked))
                body = text.encode()
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def site(number: int) -> dict[str, object]:
    """A row with the official fields of DSSP-IF-10944; made up for the test."""
    return {
        "SHNT_PLACE_NM": f"시험 대피장소 {number}",
        "SHNT_PLACE_DTL_POSITION": f"시험도 시험시 바다동 {number}",
        "RN_DTL_ADRES": None,
        "PSBL_NMPR": 100 + number,
        "LA": f"{36.5 + number / 1000:.4f}",
        "LO": "129.4000",
        "EV_ANTCTY": 20,
        "USE_AT": "Y",
        "ARCD": "4711100000",
    }


def v2(rows: object, total: int, page: int = 1, asked: int = 1000) -> str:
    """The V2 envelope of safetydata.go.kr."""
    header = {"resultMsg": "NORMAL SERVICE", "resultCode": "00", "errorMsg": None}
    whole = {"header": header, "numOfRows": asked, "pageNo": page, "totalCount": total, "body": rows}
    return json.dumps(whole, ensure_ascii=False)


def v2_error(code: str, message: str, more: str | None = None) -> str:
    header = {"resultMsg": message, "resultCode": code, "errorMsg": more}
    return json.dumps({"header": header, "numOfRows": 10, "pageNo": 1, "totalCount": 0, "body": None})


def gateway_error(code: str, message: str) -> str:
    """The old gateway's error, which is XML whatever was asked for."""
    return (
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
        f"<returnAuthMsg>{message}</returnAuthMsg><returnReasonCode>{code}</returnReasonCode>"
        "</cmmMsgHeader></OpenAPI_ServiceResponse>"
    )


def paged(total: int) -> Callable[[dict[str, str], int], Reply]:
    """Pages of ``total`` sites, as many a page as are asked for."""

    def answer(query: dict[str, str], _: int) -> Reply:
        page, size = int(query["pageNo"]), int(query["numOfRows"])
        rows = [site(n) for n in range((page - 1) * size, min(page * size, total))]
        return 200, v2(rows, total, page, size), {}

    return answer
