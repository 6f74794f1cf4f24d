"""A document as PDF (fpdf2), with the NanumGothic fonts (SIL Open Font License) embedded as far as used."""

from __future__ import annotations

import importlib.util
import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from actions.document_model import (
    BOLD,
    GAP,
    MARKS,
    NOTE,
    NOTICE,
    QUOTE,
    Block,
    DocumentError,
    Heading,
    Item,
    Layout,
    Paragraph,
    Picture,
    Table,
    Words,
    plain,
    spans,
)

if TYPE_CHECKING:
    from fpdf import FPDF

FONT, FONT_PACKAGE = "NanumGothic", "koreanize_matplotlib"
MEDIA_TYPE = "application/pdf"
MARGIN_MM, SIZE, LINE_MM = 20.0, 10.5, 6.0
HEADING_ROOM_MM = 48.0
"""Room that a heading needs below it: itself, a quote with its source and the first lines of a table."""
ABOVE_HEADING_MM = 28.0
"""What a heading with a note takes that stands above another heading."""
Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
PAPER: Colour = (255, 255, 255)
RULE: Colour = (150, 160, 170)
INK: Colour = (31, 58, 95)
MUTED: Colour = (85, 85, 85)
GAP_INK: Colour = (156, 42, 0)
GAP_FILL: Colour = (255, 242, 153)
HEAD_FILL: Colour = (230, 236, 243)
NOTICE_FILL: Colour = (255, 244, 206)
_LANGUAGE = {"ko": "ko-KR", "en": "en-GB"}


def font_folder() -> Path:
    """The folder of the Korean fonts; raises DocumentError when the package is not installed."""
    found = importlib.util.find_spec(FONT_PACKAGE)
    places = list(found.submodule_search_locations or ()) if found else []
    if not places:
        raise DocumentError(f"The Korean fonts are missing; install the package {FONT_PACKAGE.replace('_', '-')}.")
    return Path(places[0]) / "fonts"


def to_pdf(layout: Layout) -> bytes:
    """The bytes of a PDF file on A4, headings as bookmarks; raises DocumentError without the fonts."""
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it warns of each table that it leaves out
    pdf = _opened(layout)
    pdf.add_page()
    _set(pdf, 19, INK, "B")
    pdf.multi_cell(0, 9, layout.title, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    for at, block in enumerate(layout.blocks):
        if isinstance(block, Heading):
            _heading(pdf, block, _room(layout.blocks[at + 1 :]))
            continue
        if isinstance(block, Paragraph) and block.keep and not isinstance(layout.blocks[at - 1], Heading):
            _keep(pdf, block)
        _add(pdf, block)
    return bytes(pdf.output())


def _opened(layout: Layout) -> FPDF:
    from fpdf import FPDF

    class Paged(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            _set(self, 8, MUTED)
            self.cell(0, 5, f"{layout.footer} · {self.page_no()}" if layout.footer else str(self.page_no()), align="C")

    pdf = Paged(format="A4")
    pdf.set_margins(MARGIN_MM, MARGIN_MM, MARGIN_MM)
    pdf.set_auto_page_break(True, 22)
    pdf.set_draw_color(*RULE)
    folder = font_folder()
    for style, file in (("", "NanumGothic.ttf"), ("B", "NanumGothicBold.ttf")):
        pdf.add_font(FONT, style, str(folder / file))
    pdf.set_title(layout.title)
    pdf.set_author("Ansim")
    pdf.set_lang(_LANGUAGE[layout.language])
    return pdf


def _set(pdf: FPDF, size: float = SIZE, colour: Colour = BLACK, style: str = "") -> None:
    pdf.set_font(FONT, style, size)  # type: ignore[arg-type]  # its stub wants literals
    pdf.set_text_color(*colour)


def _add(pdf: FPDF, block: Block) -> None:
    if isinstance(block, Paragraph) and block.kind == NOTICE:
        _notice(pdf, plain(block.words))
    elif isinstance(block, Paragraph):
        small = block.kind == NOTE
        colour = MUTED if small else INK if block.kind == QUOTE else BLACK
        _flow(pdf, block.words, 6.0 if block.kind == QUOTE else 0.0, 9 if small else SIZE, colour)
        pdf.ln(2)
    elif isinstance(block, Item):
        _flow(pdf, block.words, 6.0, SIZE, BLACK, MARKS[block.mark])
        pdf.ln(0.8)
    elif isinstance(block, Table):
        _table(pdf, block)
    elif isinstance(block, Picture):
        pdf.image(io.BytesIO(block.png), w=min(block.width_mm, pdf.epw), alt_text=block.caption)
        _flow(pdf, block.caption, 0.0, 9, MUTED)
        pdf.ln(2)


def _notice(pdf: FPDF, words: str) -> None:
    _set(pdf)
    pdf.set_fill_color(*NOTICE_FILL)
    pdf.multi_cell(0, LINE_MM, words, border=1, fill=True, align="L", padding=2, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


def _room(following: Sequence[Block]) -> float:
    """Millimetres that a heading and what stays with it need, with the next heading where only notes are between."""
    room = HEADING_ROOM_MM
    for block in following:
        if isinstance(block, Heading):
            room += ABOVE_HEADING_MM
        elif not (isinstance(block, Paragraph) and block.keep):
            break
    return room


def _keep(pdf: FPDF, block: Paragraph) -> None:
    """A new page where a kept paragraph and two lines of what follows would not both fit on this one."""
    from fpdf.enums import MethodReturnValue

    _set(pdf)
    height = pdf.multi_cell(0, LINE_MM, plain(block.words), dry_run=True, output=MethodReturnValue.HEIGHT)
    if pdf.will_page_break(height + 2 * LINE_MM):
        pdf.add_page()


def _heading(pdf: FPDF, block: Heading, room: float) -> None:
    """A heading is not left alone at the foot of a page."""
    if block.new_page or pdf.will_page_break(room):
        pdf.add_page()
    pdf.ln(3)
    _set(pdf, {1: 14, 2: 12}.get(block.level, SIZE), INK, "B")
    pdf.start_section(block.text, level=block.level - 1)
    pdf.multi_cell(0, 7, block.text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1)


def _flow(pdf: FPDF, words: Words, indent: float, size: float, colour: Colour, mark: str = "") -> None:
    """Spans one after the other; lines after the first begin at the same indent."""
    _set(pdf, size, colour)
    height = LINE_MM * size / SIZE
    if mark:
        pdf.set_x(MARGIN_MM)
        pdf.write(height, mark)
    pdf.set_left_margin(MARGIN_MM + indent)
    pdf.set_x(MARGIN_MM + indent)
    for span in spans(words):
        bold = span.style in (BOLD, GAP)
        _set(pdf, size, GAP_INK if span.style == GAP else colour, "B" if bold else "")
        pdf.write(height, span.text)
    pdf.set_left_margin(MARGIN_MM)
    pdf.ln(height)


def _table(pdf: FPDF, block: Table) -> None:
    from fpdf.fonts import FontFace

    _set(pdf, 9.5)
    head = FontFace(emphasis="BOLD", color=INK, fill_color=HEAD_FILL)
    first, usual = FontFace(fill_color=HEAD_FILL), FontFace(fill_color=PAPER)
    gap = FontFace(color=GAP_INK, fill_color=GAP_FILL)
    with pdf.table(
        col_widths=block.widths,
        first_row_as_headings=bool(block.head),
        headings_style=head,
        line_height=5.5,
        padding=1.2,
        text_align="LEFT",
    ) as table:
        if block.head:
            row = table.row()
            for title in block.head:
                row.cell(title)
        for cells in block.rows:
            row = table.row()
            for column, words in enumerate(cells):
                open_gap = any(span.style == GAP for span in spans(words))
                style = gap if open_gap else first if column == 0 and len(cells) > 1 else usual
                row.cell(_cell(words), style=style)
    pdf.ln(3)


def _cell(words: Words) -> str:
    """The words of a cell; a gap's brackets stay with the words inside."""
    return "".join(
        span.text.replace("[ ", "[\u00a0").replace(" ]", "\u00a0]") if span.style == GAP else span.text
        for span in spans(words)
    )
