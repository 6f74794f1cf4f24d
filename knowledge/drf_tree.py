"""The XML and JSON answers of the law.go.kr DRF service as one tree of named nodes with line numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from knowledge.errors import LawTextError


@dataclass
class Node:
    """An element: its name, own text, children in order and the 1-based line of the file it begins on."""

    name: str
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Node]:
        """Children of that name; a wrapper of the same name around them is looked through."""
        for child in self.children:
            if child.name == name:
                inner = [grandchild for grandchild in child.children if grandchild.name == name]
                yield from inner or [child]

    def child(self, name: str) -> Node | None:
        return next(self.all(name), None)

    def words(self, name: str) -> str:
        """The text of a child, each line without outer blanks and no empty lines; "" without the child."""
        return "\n".join(self.lines(name))

    def lines(self, name: str) -> list[str]:
        """The lines of all children of that name."""
        return [line.strip() for node in self.all(name) for line in node.text.splitlines() if line.strip()]

    def find(self, name: str, depth: int = 3) -> Node | None:
        """This node or the first one below it with that name, at most ``depth`` levels down."""
        if self.name == name:
            return self
        found = (child.find(name, depth - 1) for child in self.children) if depth else iter(())
        return next((node for node in found if node is not None), None)


def read_xml(source: str) -> Node:
    """Raises LawTextError with the line of the first mistake; document type declarations are refused."""
    top = Node("", 1)
    stack = [top]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        node = Node(name, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def end(name: str) -> None:
        stack.pop()

    def words(text: str) -> None:
        stack[-1].text += text

    def doctype(*_: Any) -> None:
        raise LawTextError(parser.CurrentLineNumber, "a document type declaration; save the service's answer as it is")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = words, doctype
    try:
        parser.Parse(source.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise LawTextError(error.lineno, f"not well-formed XML ({expat.ErrorString(error.code)})") from None
    return top


def read_json(source: str) -> Node:
    """Raises LawTextError with the line of the first mistake."""
    try:
        value = json.loads(source)
    except json.JSONDecodeError as error:
        raise LawTextError(error.lineno, f"not well-formed JSON ({error.msg})") from None
    except RecursionError:
        raise LawTextError(1, "not a law text: the JSON is nested too deeply") from None
    if not isinstance(value, dict):
        raise LawTextError(1, "the JSON holds no object; save the service's answer as it is")
    top = Node("", 1)
    _fill(top, value, _Lines(source))
    return top


class _Lines:
    """Finds the line of a text in the JSON file: each search goes on where the last one ended."""

    def __init__(self, source: str) -> None:
        self._source, self._place, self._line = source, 0, 1

    @property
    def here(self) -> int:
        """The line of what was found last."""
        return self._line

    def of(self, text: str) -> int:
        for ascii_only in (False, True):
            at = self._source.find(json.dumps(text, ensure_ascii=ascii_only), self._place)
            if at >= 0:
                self._line += self._source.count("\n", self._place, at)
                self._place = at
                break
        return self._line


def _fill(node: Node, value: Any, lines: _Lines) -> None:
    if isinstance(value, dict):
        for name, part in value.items():
            if part in ("", None, [], {}):  # an element that is absent
                continue
            if name == "content":  # an element with attributes: its text stands under this key
                _fill(node, part, lines)
            else:
                for place, one in enumerate(part if isinstance(part, list) and _elements(part) else [part]):
                    child = Node(name, lines.of(name) if place == 0 else lines.here)
                    node.children.append(child)
                    _fill(child, one, lines)
                    if place and child.children:
                        child.line = child.children[0].line
    elif isinstance(value, list):  # a text in pieces, e.g. [["line", "line"]]
        for part in value:
            _fill(node, part, lines)
    elif value is not None and not isinstance(value, bool):
        lines.of(str(value))
        node.text += ("\n" if node.text else "") + str(value)


def _elements(values: list[Any]) -> bool:
    """True for a list of objects (repeated elements), False for a text in pieces."""
    return any(isinstance(value, dict) for value in values)
