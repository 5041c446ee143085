"""What a paragraph and a run of a .docx look like in the end: document defaults, styles, lists and own settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from drafter.files.numbering import W

if TYPE_CHECKING:
    from lxml.etree import _Element

    from drafter.files import Package

__all__ = ["Look", "Sheet", "number", "on"]

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLOTS = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_COMPOSITE = frozenset({"ind", "spacing"})
_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_OPPOSITES = {"firstLine": "hanging", "hanging": "firstLine"}  # one value of two signs
_OPPOSITES |= {f"{key}Chars": f"{value}Chars" for key, value in _OPPOSITES.items()}
_SKIPPED = frozenset({"rPr", "sectPr", "pPrChange", "rPrChange", "tabs", "numPr"})

Look = dict[str, str]
"""Property → value as it stands in the file: jc, sz, b, color, ind.left, spacing.line, font.eastAsia …"""


class Sheet:
    """The styles of a package."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, _Element] = {}
        self._looks: dict[str, tuple[Look, Look]] = {}
        self._levels: dict[tuple[str, str], _Element] = {}
        self._paragraph, self._run = Look(), Look()
        self.default = ""
        root = package.tree("word/styles.xml")
        if root is not None:
            _fold(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"), self._paragraph)
            _fold(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), self._run)
            for style in root.iter(f"{W}style"):
                code = style.get(f"{W}styleId", "")
                self._styles[code] = style
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self.default = code
        self._read_lists(package.tree("word/numbering.xml"))
        self._theme = _theme(package)

    @property
    def normal(self) -> Look:
        """The run of the default style, which the grid of characters counts from (ECMA-376 17.6.5)."""
        return self._run | self._style(self.default)[1]

    def paragraph(self, element: _Element) -> tuple[Look, Look]:
        """(the paragraph, a run in it without properties of its own)."""
        own = element.find(f"{W}pPr")
        code = _value(own, "pStyle") or self.default
        of_paragraph, of_run = self._style(code if code in self._styles else self.default)
        look = self._paragraph | of_paragraph
        number, level = _value(own, "numPr", "numId"), _value(own, "numPr", "ilvl")
        number, level = number or look.get("list.number", ""), level or look.get("list.level", "0")
        if number and (number, level) in self._levels:
            _fold(self._levels[number, level].find(f"{W}pPr"), look)
        _fold(own, look)
        return look, self._run | of_run

    def run(self, element: _Element, of_paragraph: Look) -> Look:
        """A run (w:r) in a paragraph."""
        own = element.find(f"{W}rPr")
        if own is None:
            return of_paragraph
        look = of_paragraph | self._style(_value(own, "rStyle"))[1]
        _fold(own, look)
        return look

    def font(self, look: Look, slot: str) -> str:
        """The name of the font in a slot (ascii, hAnsi, eastAsia); "" where nothing says it."""
        name = look.get(f"font.{slot}", "")
        return self._theme.get(name.removeprefix("theme:"), "") if name.startswith("theme:") else name

    def _style(self, code: str) -> tuple[Look, Look]:
        if code not in self._looks:
            chain: list[_Element] = []
            current = code
            while current in self._styles and self._styles[current] not in chain:
                chain.append(self._styles[current])
                current = _value(chain[-1], "basedOn")
            looks = Look(), Look()
            for style in reversed(chain):
                own = style.find(f"{W}pPr")
                _fold(own, looks[0])
                for key, path in (("number", "numId"), ("level", "ilvl")):
                    if found := _value(own, "numPr", path):
                        looks[0][f"list.{key}"] = found
                _fold(style.find(f"{W}rPr"), looks[1])
            self._looks[code] = looks
        return self._looks[code]

    def _read_lists(self, root: _Element | None) -> None:
        if root is None:
            return
        levels = {
            abstract.get(f"{W}abstractNumId", ""): {
                level.get(f"{W}ilvl", ""): level for level in abstract.iter(f"{W}lvl")
            }
            for abstract in root.iter(f"{W}abstractNum")
        }
        for entry in root.iter(f"{W}num"):
            for number, level in levels.get(_value(entry, "abstractNumId"), {}).items():
                self._levels[entry.get(f"{W}numId", ""), number] = level


def on(look: Mapping[str, str], key: str, *, default: bool = False) -> bool:
    """Whether a switch is on."""
    return look[key] not in ("0", "false", "off", "none") if key in look else default


def number(look: Mapping[str, str], key: str, default: float = 0) -> float:
    """A value in the unit of the file; the default where there is none or it is no number."""
    try:
        return float(look.get(key, default))
    except ValueError:
        return default


def _fold(element: _Element | None, look: Look) -> None:
    """The children of a w:pPr or w:rPr laid over a look."""
    for child in () if element is None else element:
        name = str(child.tag).removeprefix(W)
        if name in _SKIPPED or name.startswith("{"):
            continue
        attributes = {str(key).removeprefix(W): str(value) for key, value in child.attrib.items()}
        if name == "rFonts":
            _fold_fonts(attributes, look)
        elif name in _COMPOSITE:
            for key, value in attributes.items():
                look.pop(f"{name}.{_OPPOSITES.get(key)}", None)
                look[f"{name}.{_SIDES.get(key, key)}"] = value
        elif name == "framePr":
            look["frame"] = attributes.get("xAlign", "")
        else:
            look[name] = attributes.get("val", "1")


def _fold_fonts(attributes: Mapping[str, str], look: Look) -> None:
    for slot, theme in _SLOTS.items():
        if theme in attributes:  # of the two on one element the theme wins
            look[f"font.{slot}"] = f"theme:{attributes[theme]}"
        elif slot in attributes:
            look[f"font.{slot}"] = attributes[slot]
    if "hint" in attributes:
        look["font.hint"] = attributes["hint"]


def _value(element: _Element | None, *path: str) -> str:
    found = None if element is None else element.find("/".join(f"{W}{name}" for name in path))
    return "" if found is None else found.get(f"{W}val", "")


def _theme(package: Package) -> dict[str, str]:
    """Name of a theme font (minorEastAsia …) → name of the font."""
    path = next((name for name in sorted(package.names) if name.startswith("word/theme/theme")), "")
    root = package.tree(path) if path else None
    names: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = None if root is None else root.find(f".//{_A}{kind}Font")
        if fonts is None:
            continue
        latin, asian = fonts.find(f"{_A}latin"), fonts.find(f"{_A}ea")
        scripts = {font.get("script"): font.get("typeface", "") for font in fonts.iter(f"{_A}font")}
        names[f"{kind}EastAsia"] = ("" if asian is None else asian.get("typeface", "")) or scripts.get("Hans", "")
        names |= dict.fromkeys((f"{kind}HAnsi", f"{kind}Ascii"), "" if latin is None else latin.get("typeface", ""))
    return names
