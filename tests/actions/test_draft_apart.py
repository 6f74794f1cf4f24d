"""A draft is read in a process of its own: one that takes for ever, or all memory, ends, and the next is read."""

from __future__ import annotations

import asyncio
import os
import time
import zlib

import pytest

from actions.draft_apart import ApartError, Reader, _read
from actions.draft_check import check_draft
from actions.draft_reading import SLOW
from actions.draft_routes import FAILED, Desk
from nlu.texts import text
from tests.actions.festival_drafts import GOOD_EN, GOOD_KO, docx_with_headings, pdf_of
from tests.waiting import until

pytestmark = pytest.mark.slow


def pdf_with(stream: bytes, filters: str = "/FlateDecode") -> bytes:
    """A PDF of one page with this content, as it stands in the file."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter %s>>stream\n%s\nendstream" % (len(stream), filters.encode(), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table, len(out))  # fmt: skip


def endless_pdf() -> bytes:
    """60 MB of text operators in a file of a few hundred kB: read to its end it takes minutes."""
    return pdf_with(zlib.compress(b"BT /F 9 Tf 1 0 0 1 50 700 Tm (plan) Tj ET\n" * 1_400_000, 9))


@pytest.fixture
async def reader():
    made = Reader(seconds=3)
    yield made
    await made.close()


@pytest.fixture
async def patient():
    made = Reader(seconds=60)
    yield made
    await made.close()


def children() -> set[str]:
    with open(f"/proc/self/task/{os.getpid()}/children") as listed:
        return set(listed.read().split())


@pytest.mark.parametrize(
    "data",
    [GOOD_EN.encode(), GOOD_KO.encode("cp949"), docx_with_headings(GOOD_KO), pdf_of(GOOD_EN), b"", b"PK\x03\x04x"],
    ids=["text", "cp949", "docx", "pdf", "empty", "broken"],
)
async def test_the_same_is_found_as_without_a_process(patient, data):
    found = await patient.check(data, "계획.pdf")
    assert found == check_draft(data, "계획.pdf")


async def test_a_file_without_end_is_stopped_and_the_next_is_read(reader, patient):
    before, begun = children(), time.monotonic()
    assert (await reader.check(endless_pdf(), "x.pdf")).problem == SLOW
    assert time.monotonic() - begun < 30
    await reader.close()
    assert children() <= before
    assert len((await patient.check(GOOD_EN.encode())).found) == 5


async def test_whoever_leaves_ends_the_reading(reader):
    before = children()
    asking = asyncio.ensure_future(reader.check(endless_pdf()))
    await until(lambda: children() > before)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await reader.close()
    await until(lambda: children() <= before)


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_that_it_took_too_long_is_one_sentence(reader, language):
    desk = Desk(reader, together=1)
    hung = asyncio.ensure_future(desk.take(endless_pdf(), "plan.pdf", language))
    status, said = await hung
    (message,) = said["messages"]
    assert status == 200
    assert message["text"] == text("draft.problem.slow", language)
    assert message["answer"]["status"] == "unavailable"


async def test_a_good_draft_is_read_beside_one_that_hangs():
    desk = Desk(Reader(seconds=60))
    hung = asyncio.ensure_future(desk.take(endless_pdf(), "plan.pdf", "en"))
    status, said = await desk.take(GOOD_EN.encode(), "plan.txt", "en")
    assert not hung.done()
    hung.cancel()
    await desk.close()
    assert status == 200
    assert sum(row["name"] == "draft_part" for row in said["messages"][0]["answer"]["computed"]) == 5


async def test_who_waits_too_long_for_others_is_told(monkeypatch, reader):
    monkeypatch.setattr("actions.draft_routes.WAIT_SECONDS", 0.2)
    desk = Desk(reader, together=1)
    hung = asyncio.ensure_future(desk.take(endless_pdf(), "plan.pdf", "en"))
    await asyncio.sleep(0)
    assert await desk.take(GOOD_EN.encode(), "plan.txt", "en") == (503, {"error": FAILED})
    assert (await hung)[0] == 200


@pytest.mark.parametrize("said", [b"", b"half {", b'{"failed": "RuntimeError"}'])
def test_a_process_that_failed_is_an_error_without_words(said):
    with pytest.raises(ApartError, match=r"^(no answer|RuntimeError)$"):
        _read(said)
