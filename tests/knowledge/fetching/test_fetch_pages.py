"""Paging against a real server: counts honoured, repeats refused, waits bounded, a part never taken for the whole."""

from __future__ import annotations

import io
import json
import threading
import time

import pytest

from knowledge.fetching.client import Patience, open_portal
from knowledge.fetching.errors import FetchError
from knowledge.fetching.pages import fetch_all
from knowledge.fetching.secret import Key
from knowledge.register.datasets import datasets
from tests.knowledge.fetching.conftest import KEY
from tests.knowledge.fetching.portal import gateway_error, paged, site, v2, v2_error

TSUNAMI = datasets()["DSSP-IF-10944"]
QUICK = Patience(tries=4, first=0.01, longest=2, timeout=20)


def fetch(server, size=2, most=None, patience=QUICK, dataset=TSUNAMI):
    into, told = io.StringIO(), []
    with open_portal(dataset, Key(KEY), server.address, patience) as opened:
        fetched = fetch_all(opened, into, size, dataset.parameters, most, told.append)
    return fetched, json.loads(into.getvalue()), told


@pytest.mark.parametrize(("total", "pages"), [(5, 3), (4, 2), (1, 1), (0, 0)])
def test_all_pages_until_the_count(portal, total, pages):
    server = portal(paged(total))
    fetched, rows, told = fetch(server)
    assert (fetched.rows, fetched.pages, fetched.total, fetched.complete) == (total, pages, total, True)
    assert rows == [site(n) for n in range(total)]
    assert len(told) == pages
    path, query = server.asked[0]
    assert path == "/V2/api/DSSP-IF-10944"
    assert query == {"pageNo": "1", "numOfRows": "2", "returnType": "json", "serviceKey": KEY}


def test_a_smaller_page_than_asked_for_goes_on(portal):
    """Some services send fewer rows a page than they were asked for."""

    def answer(query, _):
        page = int(query["pageNo"])
        return 200, v2([site(n) for n in range((page - 1) * 2, min(page * 2, 5))], 5), {}

    fetched, rows, _ = fetch(portal(answer), size=1000)
    assert (fetched.rows, fetched.pages, fetched.complete) == (5, 3, True)
    assert rows == [site(n) for n in range(5)]


def test_a_repeated_page_is_refused(portal):
    """The page number in the envelope differs; the rows do not."""
    server = portal(lambda query, _: (200, v2([site(1), site(2)], 100, int(query["pageNo"])), {}))
    with pytest.raises(FetchError, match=r"Page 2 has the same rows as page 1.*nothing was imported"):
        fetch(server)
    assert len(server.asked) == 2


def test_pages_that_end_early_are_refused(portal):
    server = portal(lambda query, _: (200, v2([site(1), site(2)] if query["pageNo"] == "1" else None, 9), {}))
    with pytest.raises(FetchError, match="after 2 of 9 rows"):
        fetch(server)


def test_more_rows_than_counted_are_refused(portal):
    with pytest.raises(FetchError, match="counts 1 rows but sent 2"):
        fetch(portal(lambda *_: (200, v2([site(1), site(2)], 1), {})))


def test_a_part_is_marked_as_a_part(portal):
    fetched, rows, _ = fetch(portal(paged(5)), most=2)
    assert (fetched.rows, fetched.total, fetched.complete) == (4, 5, False)
    assert len(rows) == 4


def test_without_a_count_an_empty_page_is_the_end(portal):
    def answer(query, _):
        rows = [site(int(query["pageNo"]))] if int(query["pageNo"]) < 4 else []
        return 200, json.dumps({"header": {"resultCode": "00"}, "body": rows}), {}

    fetched, rows, _ = fetch(portal(answer))
    assert (fetched.rows, fetched.total, fetched.complete) == (3, None, True)
    assert len(rows) == 3


@pytest.mark.parametrize(
    "broken",
    [
        (503, "busy", {}),
        (500, "", {}),
        (429, "", {"Retry-After": "0"}),
        (200, v2_error("01", "APPLICATION ERROR"), {}),
        (200, gateway_error("05", "SERVICETIMEOUT_ERROR"), {}),
    ],
)
def test_a_passing_fault_is_tried_again(portal, broken):
    good = paged(3)
    server = portal(lambda query, times: broken if times in (1, 3) else good(query, times))
    fetched, rows, _ = fetch(server)
    assert fetched.complete
    assert rows == [site(n) for n in range(3)]
    assert len(server.asked) == 4


def test_retry_after_is_honoured(portal):
    good = paged(1)
    server = portal(lambda query, times: (429, "", {"Retry-After": "1"}) if times == 1 else good(query, times))
    begun = time.monotonic()
    assert fetch(server)[0].complete
    assert time.monotonic() - begun >= 1


@pytest.mark.parametrize("header", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_long_wait_is_told_instead_of_waited(portal, header):
    server = portal(lambda *_: (429, "", {"Retry-After": header}))
    with pytest.raises(FetchError, match=r"asks to wait \d+ seconds"):
        fetch(server)
    assert len(server.asked) == 1


def test_tries_are_bounded(portal):
    server = portal(lambda *_: (503, "", {}))
    with pytest.raises(FetchError, match=r"HTTP 503.*again later"):
        fetch(server)
    assert len(server.asked) == QUICK.tries


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ((200, v2_error("22", "LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS ERROR"), {}), "tomorrow"),
        ((200, gateway_error("30", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"), {}), "copy the key again"),
        ((400, gateway_error("10", "INVALID_REQUEST_PARAMETER_ERROR"), {}), "--param"),
        ((401, "Unauthorized", {}), "refuses the key"),
        ((404, "Not Found", {}), "HTTP 404"),
        ((302, "", {"Location": "https://elsewhere.invalid/"}), "has moved"),
        ((200, "<html>점검</html>", {}), "page for people"),
    ],
)
def test_a_lasting_error_is_not_tried_again(portal, reply, says):
    server = portal(lambda *_: reply)
    with pytest.raises(FetchError, match="DSSP-IF-10944, page 1: ") as caught:
        fetch(server)
    assert says in str(caught.value)
    assert len(server.asked) == 1


def test_a_silent_portal_is_given_up(portal):
    given_up = threading.Event()

    def answer(*_):
        given_up.wait(60)
        return 200, v2([], 0), {}

    server = portal(answer)
    with pytest.raises(FetchError, match="did not answer in time"):
        fetch(server, patience=Patience(tries=2, first=0.01, longest=1, timeout=0.2))
    given_up.set()


def test_a_portal_that_is_not_there(portal):
    server = portal(paged(1))
    server.close()
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch(server, patience=Patience(tries=2, first=0.01, longest=1, timeout=0.5))


def test_xml_with_the_older_key_parameter(portal):
    dataset = datasets()["aed"]
    xml = (
        "<response><header><resultCode>00</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header><body><items>"
        "<item><org>시험 기관</org><wgs84Lat>37.3</wgs84Lat><wgs84Lon>126.8</wgs84Lon></item></items>"
        "<numOfRows>1000</numOfRows><pageNo>1</pageNo><totalCount>1</totalCount></body></response>"
    )
    server = portal(lambda *_: (200, xml, {"Content-Type": "application/xml"}))
    _, rows, _ = fetch(server, dataset=dataset)
    assert rows == [{"org": "시험 기관", "wgs84Lat": "37.3", "wgs84Lon": "126.8"}]
    assert server.asked[0][0] == "/B552657/AEDInfoInqireService/getEgytAedManageInfoInqire"
