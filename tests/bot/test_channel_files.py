"""The files that an Answer offers, fetched as each channel fetches them: names, due days and sources are in them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import httpx
import pytest

from bot.channels.data import channel
from bot.channels.data.channel import DataChannel
from bot.channels.data.names import ENDINGS, file_name
from nlu.texts import text, texts
from tests.bot import answers_folder as answers
from tests.bot.telegram.helpers import files_server, serve

pytestmark = pytest.mark.slow

KINDS = {
    "checklist": "text/markdown",
    "calendar": "text/calendar",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def words_in(kind, body, language):
    """What somebody reads in a file, without blanks."""
    if kind == "docx":
        import docx

        read = docx.Document(io.BytesIO(body))
        rows = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
        found = "\n".join([*(paragraph.text for paragraph in read.paragraphs), *rows])
    elif kind == "pdf":
        import pypdf

        found = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    else:
        found = body.decode("utf-8").replace("\r\n ", "")
    return "".join(found.split())


def spoken(iso, language):
    day = dt.date.fromisoformat(iso)
    said = text("date", language, day=day.day, month=texts("months", language)[day.month - 1], year=day.year)
    return "".join(said.split())


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_every_file_that_is_offered_can_be_fetched_and_holds_the_days_and_the_source(language, monkeypatch):
    answer = answers.answer(f"files-{language}")
    dues = {row["name"]: row["value"] for row in answer["computed"] if row["name"].endswith("_due")}
    assert len(dues) == 2
    async with files_server() as behind, serve(DataChannel(), handler=None) as (address, _):
        monkeypatch.setenv("ANSIM_ACTIONS_URL", f"{behind}/webhook")
        monkeypatch.setattr(channel, "MADE_SECONDS", 60.0)  # the machine of a test may be busy
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            for file in answer["files"]:
                # the channel's own prefix is put under /webhooks here, as for all channels in these tests
                got = await client.get(f"{address}/webhooks{file['url']}")
                assert got.status_code == 200, file
                assert got.headers["Content-Type"].split(";")[0] == KINDS[file["kind"]]
                name = file_name(file["url"])
                assert name == f"ansim-festival{ENDINGS[file['kind']]}"
                assert got.headers["Content-Disposition"] == f'attachment; filename="{name}"'
                said = words_in(file["kind"], got.content, language)
                for due in dues.values():
                    assert spoken(due, language) in said or due.replace("-", "") in said, (file["kind"], due)
                assert spoken(answer["source_dates"][0], language) in said, file["kind"]


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_a_link_that_is_not_whole_is_refused_with_a_sentence(language, monkeypatch):
    url = answers.answer(f"files-undated-{language}")["files"][0]["url"]
    async with files_server() as behind, serve(DataChannel(), handler=None) as (address, _):
        monkeypatch.setenv("ANSIM_ACTIONS_URL", f"{behind}/webhook")
        monkeypatch.setattr(channel, "MADE_SECONDS", 60.0)  # the machine of a test may be busy
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            no_number, no_day = url.replace("people=3000", "people=x"), url.replace("checklist", "calendar")
            for each in (no_number, no_day, f"{url}&x={'y' * 500}"):
                got = await client.get(f"{address}/webhooks{each}")
                assert got.status_code == 400
                assert got.json()["error"].endswith(".")
                assert "Content-Disposition" not in got.headers


def test_a_name_comes_from_the_address_and_from_nothing_a_person_wrote():
    assert file_name("/data/festival?file=pdf&lang=ko") == "ansim-festival.pdf"
    assert file_name("/data/festival?file=exe") == "ansim-festival"
    assert file_name('/data/fe"s\r\nt/?file=docx&file=pdf') == "ansim-file.docx"
    assert file_name("") == "ansim-file"


def test_the_docx_is_whole():
    from actions.festival_files import festival_file

    made = festival_file({"file": "docx", "lang": "en", "people": "3000"})
    assert zipfile.ZipFile(io.BytesIO(made.body)).testzip() is None
