"""A document as DOCX (python-docx), with a Korean font set for East Asian letters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from actions.document_model import (
    BOLD,
    GAP,
    MARKS,
    NOTE,
    NOTICE,
    QUOTE,
    Block,
    Heading,
    Item,
    Layout,
    Paragraph,
    Picture,
    Table,
    Words,
    spans,
)

if TYPE_CHECKING:
    from docx.document import Document as Docx

FONT = "Malgun Gothic"
"""On every Korean Windows; other systems put their own Korean font in its place."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH_MM, MARGIN_MM = 210, 20
INK, MUTED, HEAD_FILL, NOTICE_FILL = "1F3A5F", "555555", "E6ECF3", "FFF4CE"
_LANGUAGE = {"ko": "ko-KR", "en": "en-GB"}


def to_docx(layout: Layout) -> bytes:
    """The bytes of a DOCX file on A4, headings as Word's heading styles."""
    from docx import Document
    from docx.shared import Mm

    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(WIDTH_MM), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    _styles(made)
    made.core_properties.title = layout.title
    made.core_properties.author = "Ansim"
    made.core_properties.comments = ""
    made.core_properties.language = _LANGUAGE[layout.language]
    made.add_heading(layout.title, 0)
    for block in layout.blocks:
        _add(made, block)
    _footer(made, layout.footer)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _styles(made: Docx) -> None:
    """One font for both scripts; without ``w:eastAsia`` Word shows Korean in the template's own font."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5, "Quote": 10}
    for name, size in sizes.items():
        style: Any = made.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(INK)
    normal: Any = made.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB")
    spoken.set(qn("w:eastAsia"), "ko-KR")
    normal.element.get_or_add_rPr().append(spoken)
    for script in ("autoSpaceDN", "autoSpaceDE"):  # no blank between 제 and 73; the schema wants them before spacing
        off = OxmlElement(f"w:{script}")
        off.set(qn("w:val"), "0")
        normal.element.get_or_add_pPr().insert(0, off)
    quote: Any = made.styles["Quote"]
    quote.font.italic = False


def _add(made: Docx, block: Block) -> None:
    from docx.shared import Mm, Pt

    if isinstance(block, Heading):
        made.add_heading(block.text, block.level).paragraph_format.page_break_before = block.new_page or None
    elif isinstance(block, Paragraph):
        if block.kind == NOTICE:
            _frame(made, block)
            return
        paragraph = made.add_paragraph(style="Quote" if block.kind == QUOTE else None)
        if block.kind == QUOTE:
            paragraph.paragraph_format.left_indent = Mm(6)
        paragraph.paragraph_format.keep_with_next = block.keep or None
        _write(paragraph, block.words, small=block.kind == NOTE)
    elif isinstance(block, Item):
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(6), Mm(-6)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(6))
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.add_run(f"{MARKS[block.mark]}\t")
        _write(paragraph, block.words)
    elif isinstance(block, Table):
        _table(made, block)
    elif isinstance(block, Picture):
        made.add_picture(io.BytesIO(block.png), width=Mm(min(block.width_mm, WIDTH_MM - 2 * MARGIN_MM)))
        picture: Any = made.inline_shapes[-1]
        picture._inline.docPr.set("descr", block.caption)
        _write(made.add_paragraph(), block.caption, small=True)


def _write(paragraph: Any, words: Words, small: bool = False, bold: bool = False) -> None:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt, RGBColor

    for span in spans(words):
        run = paragraph.add_run(span.text)
        run.bold = True if bold or span.style == BOLD else None
        if span.style == GAP:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if small:
            run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(MUTED)


def _frame(made: Docx, block: Paragraph) -> None:
    frame = made.add_table(1, 1)
    frame.style = "Table Grid"
    cell = frame.cell(0, 0)
    _shade(cell, NOTICE_FILL)
    _write(cell.paragraphs[0], block.words)
    _spaced_after(made)


def _table(made: Docx, block: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    table = made.add_table(len(block.rows) + bool(block.head), len(block.widths))
    table.style = "Table Grid"
    table.autofit = False
    room, shares = WIDTH_MM - 2 * MARGIN_MM, sum(block.widths)
    lines = ([block.head] if block.head else []) + list(block.rows)
    for column, share in enumerate(block.widths):
        table.columns[column].width = Mm(room * share / shares)
    for number, cells in enumerate(lines):
        row: Any = table.rows[number]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        head = bool(block.head) and number == 0
        if head:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for column, words in enumerate(cells):
            cell = row.cells[column]
            cell.width = Mm(room * block.widths[column] / shares)
            cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            if head or (column == 0 and len(cells) > 1):
                _shade(cell, HEAD_FILL)
            _write(cell.paragraphs[0], words, bold=head)
    _spaced_after(made)


def _spaced_after(made: Docx) -> None:
    from docx.shared import Pt

    spacer = made.add_paragraph()
    spacer.paragraph_format.space_after = Pt(0)
    spacer.add_run(" ").font.size = Pt(4)


def _shade(cell: Any, fill: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _footer(made: Docx, words: str) -> None:
    """The footer's words and the page number as a field."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph: Any = made.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, f"{words} · " if words else "", small=True)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
