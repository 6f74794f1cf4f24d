"""The key is sent to the portal and shown nowhere else: all output, logs, errors and files are searched for it."""

from __future__ import annotations

import logging
import traceback
from urllib.parse import quote, quote_plus

import pytest

from knowledge.fetching.client import Patience
from knowledge.fetching.commands import run_fetch
from knowledge.fetching.errors import FetchError
from knowledge.fetching.secret import HIDDEN, Key, read_key
from knowledge.fetching.settings import base_address
from knowledge.register.datasets import datasets
from tests.knowledge.fetching.conftest import KEY
from tests.knowledge.fetching.portal import gateway_error, paged, site, v2, v2_error

QUICK = Patience(tries=2, first=0.01, longest=1, timeout=20)
FORMS = {
    KEY,
    quote(KEY),
    quote(KEY, safe=""),
    quote_plus(KEY),
    quote(quote(KEY, safe=""), safe=""),
    KEY.replace("+", " "),
}


def holds_key(text: str) -> bool:
    return any(form.casefold() in text.casefold() for form in FORMS)


def chain(error: BaseException | None):
    """An error and all that hangs on it, suppressed or not."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


@pytest.fixture
def heard(caplog, capsys):
    """All that was logged at the finest level and printed."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection"):
        caplog.set_level(logging.DEBUG, logger=name)

    def everything() -> str:
        printed = capsys.readouterr()
        logged = "\n".join(f"{r.getMessage()} {r.args!r} {r.exc_text or ''}" for r in caplog.records)
        return "\n".join([printed.out, printed.err, logged])

    return everything


REPLIES = {
    "good": paged(3),
    "echoed in a row": lambda query, _: (200, v2([{**site(1), "RM": f"?serviceKey={query['serviceKey']}"}], 1), {}),
    "echoed percent-encoded": lambda query, _: (
        200,
        v2([{**site(1), "RM": quote(query["serviceKey"], safe="")}], 1),
        {},
    ),
    "echoed in an error": lambda query, _: (200, v2_error("30", f"KEY {query['serviceKey']} NOT REGISTERED"), {}),
    "echoed in the gateway": lambda query, _: (200, gateway_error("30", quote(query["serviceKey"], safe="")), {}),
    "echoed in a header": lambda query, _: (
        302,
        "",
        {"Location": "/?serviceKey=" + quote(query["serviceKey"], safe="")},
    ),
    "busy": lambda *_: (503, "", {}),
    "forbidden": lambda *_: (403, "", {}),
    "no data": lambda *_: (200, "nonsense", {}),
    "repeating": lambda *_: (200, v2([site(1)], 9), {}),
}


@pytest.mark.parametrize("name", REPLIES)
def test_the_key_is_nowhere(portal, heard, tmp_path, name):
    server = portal(REPLIES[name])
    out = tmp_path / "rows.json"
    caught: BaseException | None = None
    try:
        run_fetch("DSSP-IF-10944", out=str(out), patience=QUICK)
    except FetchError as error:
        caught = error
    assert server.asked[0][1]["serviceKey"] == KEY  # it was sent, in full
    assert quote(KEY, safe="") in server.raw[0]
    assert (caught is None) == name.startswith(("good", "echoed in a row", "echoed percent"))
    for each in chain(caught):
        shown = traceback.TracebackException.from_exception(each, capture_locals=True)
        assert not holds_key(f"{each} {each!r} {each.args!r} {''.join(shown.format())}")
    assert not holds_key(heard())
    for file in tmp_path.rglob("*"):
        assert not holds_key(file.read_text("utf-8")), file
    if name.startswith("echoed in a row"):
        assert HIDDEN in out.read_text("utf-8")


def test_a_portal_that_is_not_there_does_not_show_it(portal, heard, tmp_path):
    portal(paged(1)).close()
    with pytest.raises(FetchError) as caught:
        run_fetch("DSSP-IF-10944", out=str(tmp_path / "x.json"), patience=QUICK)
    assert len(list(chain(caught.value))) == 1  # no error of a library hangs on ours
    assert not holds_key(heard() + repr(caught.value))


def test_redaction_knows_every_spelling():
    key = Key(KEY)
    for form in FORMS | {quote(KEY, safe="").lower()}:
        assert not holds_key(key.redact(f"a {form} b")), form
    assert KEY not in repr(key)
    assert key.redact("no key here") == "no key here"


def test_the_encoded_key_of_the_portal_is_taken_too(portal, monkeypatch, tmp_path):
    """data.go.kr shows each key plain and percent-encoded; people copy either."""
    server = portal(paged(1))
    monkeypatch.setenv("ANSIM_SAFETYDATA_KEY", quote(KEY, safe=""))
    run_fetch("10944", out=str(tmp_path / "rows.json"), patience=QUICK)
    assert server.asked[0][1]["serviceKey"] == KEY


def test_the_dataset_s_own_variable_comes_first(portal, monkeypatch, tmp_path):
    server = portal(paged(1))
    monkeypatch.setenv("ANSIM_SAFETYDATA_KEY_10944", "own-key-of-this-dataset")
    run_fetch("10944", out=str(tmp_path / "rows.json"), patience=QUICK)
    assert server.asked[0][1]["serviceKey"] == "own-key-of-this-dataset"
    monkeypatch.setenv("MY_KEY", "key-from-a-named-variable")
    run_fetch("10944", key_env="MY_KEY", out=str(tmp_path / "rows.json"), patience=QUICK)
    assert server.asked[-1][1]["serviceKey"] == "key-from-a-named-variable"


def test_without_a_key_the_sentence_says_where_to_get_one():
    with pytest.raises(
        FetchError, match=r"apply for one at https://www\.safetydata\.go\.kr.*ANSIM_SAFETYDATA_KEY_10944"
    ):
        read_key(datasets()["DSSP-IF-10944"], None, {})
    with pytest.raises(FetchError, match=r"https://www\.data\.go\.kr/data/15000652/openapi\.do.*ANSIM_DATAGOKR_KEY"):
        read_key(datasets()["aed"], None, {"ANSIM_DATAGOKR_KEY": "  "})


@pytest.mark.parametrize("pasted", [KEY, "abcdef0123456789"])
def test_a_key_given_as_the_name_of_a_variable_is_not_repeated(pasted):
    with pytest.raises(FetchError) as caught:
        read_key(datasets()["DSSP-IF-10944"], pasted, {})
    assert pasted not in str(caught.value)


@pytest.mark.parametrize("wrong", ["short", "with a space in it", "line\nbreak-0123456789"])
def test_what_is_no_key_is_not_sent_and_not_shown(wrong):
    with pytest.raises(FetchError) as caught:
        read_key(datasets()["DSSP-IF-10944"], None, {"ANSIM_SAFETYDATA_KEY": wrong})
    assert wrong not in str(caught.value)


def test_a_key_is_not_sent_unencrypted_over_the_network():
    assert base_address("safetydata", {}) == "https://www.safetydata.go.kr"
    assert base_address("datagokr", {}) == "https://apis.data.go.kr"
    assert (
        base_address("datagokr", {"ANSIM_DATAGOKR_URL": "https://mirror.example/data/"})
        == "https://mirror.example/data"
    )
    for wrong in ("http://mirror.example", "ftp://mirror.example", "mirror", "https://a:b@mirror.example"):
        with pytest.raises(FetchError, match="ANSIM_SAFETYDATA_URL"):
            base_address("safetydata", {"ANSIM_SAFETYDATA_URL": wrong})
