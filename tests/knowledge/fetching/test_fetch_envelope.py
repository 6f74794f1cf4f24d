"""Every official shape of an answer, and every error that hides in one."""

from __future__ import annotations

import json

import pytest

from knowledge.fetching.envelope import read_page
from knowledge.fetching.errors import FetchError, PortalError
from tests.knowledge.fetching.portal import gateway_error, site, v2, v2_error

ROWS = [site(1), site(2)]
GOOD = {"resultCode": "00", "resultMsg": "NORMAL SERVICE"}


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (ROWS, 2),
        (None, 0),
        ([], 0),
        ("", 0),
        ({"items": {"item": ROWS}}, 2),
        ({"items": {"item": ROWS[0]}}, 1),
        ({"items": ROWS}, 2),
        ({"items": ""}, 0),
        ({"items": None}, 0),
        ([[ROWS[0]], [ROWS[1]]], 2),
        (ROWS[0], 1),
    ],
)
def test_rows_wherever_they_lie(body, count):
    page = read_page(v2(body, 7))
    assert page.rows == ROWS[:count]
    assert page.total == 7


def test_the_older_json():
    body = {"items": {"item": ROWS}, "numOfRows": 10, "pageNo": 1, "totalCount": "2"}
    page = read_page(json.dumps({"response": {"header": GOOD, "body": body}}))
    assert (page.rows, page.total) == (ROWS, 2)


def test_head_and_row():
    head = [{"totalCount": 2}, {"numOfRows": "10", "pageNo": "1", "type": "JSON"}]
    good = {"RESULT": {"resultCode": "INFO-0", "resultMsg": "NORMAL SERVICE"}}
    page = read_page(json.dumps({"TsunamiShelter": [{"head": [*head, good]}, {"row": ROWS}]}))
    assert (page.rows, page.total) == (ROWS, 2)
    nothing = read_page('{"RESULT":{"resultCode":"INFO-3","resultMsg":"데이터없음 에러"}}')
    assert (nothing.rows, nothing.total) == ([], 0)


@pytest.mark.parametrize(("items", "count"), [(2, 2), (1, 1), (0, 0)])
def test_xml(items, count):
    rows = "".join(f"<item><org>기관 {n}</org><wgs84Lat>37.3</wgs84Lat><model/></item>" for n in range(items))
    page = read_page(
        '<?xml version="1.0" encoding="UTF-8"?><response><header><resultCode>00</resultCode>'
        f"<resultMsg>NORMAL SERVICE.</resultMsg></header><body><items>{rows}</items><numOfRows>10</numOfRows>"
        "<pageNo>1</pageNo><totalCount>1,234</totalCount></body></response>"
    )
    assert len(page.rows) == count
    assert page.total == 1234
    assert all(row == {"org": f"기관 {n}", "wgs84Lat": "37.3", "model": ""} for n, row in enumerate(page.rows))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (v2_error("22", "LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS ERROR"), "tomorrow"),
        (v2_error("30", "SERVICE KEY IS NOT REGISTERED ERROR"), "copy the key again"),
        (v2_error("32", "UNREGISTERED IP ERROR"), "register this machine's address"),
        # the words count, whatever the number
        (v2_error("30", "UNREGISTERED IP ERROR"), "register this machine's address"),
        (v2_error("00", "NORMAL SERVICE", "UNREGISTERED IP ERROR"), "register this machine's address"),
        (v2_error("31", "DEADLINE HAS EXPIRED ERROR"), "extend"),
        (v2_error("20", "SERVICE ACCESS DENIED ERROR"), "apply for the use"),
        (v2_error("10", "INVALID REQUEST PARAMETER ERROR"), "--param"),
        (v2_error("12", "NO OPENAPI SERVICE ERROR"), "new number"),
        (v2_error("77", "무언가"), "does not explain"),
        (gateway_error("30", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"), "copy the key again"),
        (gateway_error("22", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR"), "tomorrow"),
        (gateway_error("32", "UNREGISTERED_IP_ERROR"), "register this machine's address"),
        ('{"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"returnReasonCode":"30","errMsg":"x"}}}', "copy the key again"),
        ('{"RESULT":{"resultCode":"INFO-30","resultMsg":"x"}}', "copy the key again"),
    ],
)
def test_an_error_inside_a_good_status_is_one_sentence(text, says):
    with pytest.raises(PortalError) as caught:
        read_page(text)
    told = str(caught.value)
    assert says in told
    assert told.endswith(".")
    assert "\n" not in told
    assert not caught.value.passing


@pytest.mark.parametrize("code", ["01", "04", "05"])
def test_a_passing_fault_is_marked(code):
    with pytest.raises(PortalError) as caught:
        read_page(v2_error(code, "ERROR"))
    assert caught.value.passing


def test_the_decimals_of_a_coordinate_are_kept():
    page = read_page('{"header":{"resultCode":"00"},"totalCount":1,"body":[{"LA":36.50,"LO":129.4000,"PSBL_NMPR":7}]}')
    assert page.rows == [{"LA": "36.50", "LO": "129.4000", "PSBL_NMPR": 7}]


def test_no_data_is_no_error():
    page = read_page(v2_error("03", "NODATA_ERROR"))
    assert (page.rows, page.total) == ([], 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!DOCTYPE html><html><body>점검 중</body></html>",
        "<html><head/></html>",
        '{"header": {"resultCode": "00"',
        "[1, 2]",
        '{"hello": 1}',
        "<response><header>",
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><response>&b;</response>',
        "<OpenAPI_ServiceResponse><cmmMsgHeader><returnReasonCode>00</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>",
        "Service Unavailable",
    ],
)
def test_what_is_no_answer_is_refused(text):
    with pytest.raises(FetchError):
        read_page(text)
