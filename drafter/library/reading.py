"""The files of a pack, read strictly into records: plain mappings that a cache can keep.

A record holds the fields of `Pattern`, `Topic` or `Occasion` in plain types; `drafter.library.records`
makes the objects. Everything that is wrong is collected, one pass for all files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.chinese.enumeration import SYSTEM_TITLES
from drafter.errors import LibraryError, Place, Problem
from drafter.library.fields import Fields
from drafter.library.functions import FUNCTIONS
from drafter.library.model import ASPECTS
from drafter.library.names import near
from drafter.library.requirement import unmet
from drafter.library.strict_yaml import DataPath, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from drafter.library.files import Files

__all__ = ["FRONT_END", "FRONT_START", "Contents", "read_pack"]

Contents = dict[str, Any]
"""`manifest`, `patterns`, `topics`, `occasions` (records), `sources` (path → text of every template)."""

FRONT_START, FRONT_END = "{#---", "---#}"
_TONES = ("庄重", "平实", "鼓动")
_AUDIENCES = ("上级", "平级", "下级")
_GENRES = ("speech", "essay", "plan", "summary", "letter")
_FRONT = {
    "title": "drafter.front.speech-title",
    "salutation": "drafter.front.salutation",
    "dateline": True,
    "signature": False,
    "要素": {},
}
_SECTION_KEYS = ("功能", "标题", "句式", "措辞", "要素", "业务", "正文", "比重", "必需")
_CODES = tuple(function.code for function in FUNCTIONS)


def read_pack(files: Files) -> tuple[Contents, list[Problem]]:
    """What a pack holds and what is wrong with it (E301–E318, E345). Never raises for what is in the files."""
    reader = _PackReader(files)
    reader.read()
    return reader.contents, reader.problems


class _PackReader:
    def __init__(self, files: Files) -> None:
        self.files = files
        self.problems: list[Problem] = []
        self.contents: Contents = {"manifest": {}, "patterns": [], "topics": [], "occasions": [], "sources": {}}

    def show(self, name: str) -> str:
        return f"{self.files.place}/{name}"

    def wrong(self, code: str, message: str, name: str, hint: str = "") -> None:
        self.problems.append(Problem(code, message, Place(self.show(name)), hint))

    def read(self) -> None:
        names = self.files.names()
        if "pack.yaml" not in names:
            place = Place(self.files.place)
            self.problems.append(Problem("E301", "模板包里没有 pack.yaml", place, "每个模板包要有 pack.yaml 说明自己"))
            return
        self.guarded("pack.yaml", self.manifest)
        for name in names:
            if not name.isascii():
                self.wrong("E345", "模板包里的文件名只用英文字母、数字和连字符", name, hint="中文名写在 title 里")
            if name.startswith("patterns/") and name.endswith(".j2"):
                self.guarded(name, self.template)
            elif name.startswith("topics/") and name.endswith(".yaml"):
                self.guarded(name, self.topic)
            elif name.startswith("occasions/") and name.endswith(".yaml"):
                self.guarded(name, self.occasion)
            elif name != "pack.yaml":
                self.wrong("E345", "这个文件放错了地方", name, hint="句式是 .j2，业务素材和场合是 .yaml")

    def guarded(self, name: str, read: Callable[[str, str], None]) -> None:
        try:
            text = self.files.read(name).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.wrong("E310", "不是 UTF-8 编码", name, hint="另存为 UTF-8")
            return
        except LibraryError as error:
            self.problems.extend(error.problems)
            return
        try:
            read(name, text)
        except LibraryError as error:
            self.problems.extend(error.problems)

    def fields(self, name: str, text: str, whole: str, first_line: int = 1) -> Fields:
        """The top mapping of a YAML text. `whole` is the file that `text` is a part of."""
        data, lines = read_yaml(text, self.show(name), first_line)
        rows = whole.split("\n")

        def place(path: DataPath) -> Place:
            while path and path not in lines:
                path = path[:-1]
            line = lines.get(path, 0)
            return Place(self.show(name), line, source=rows[line - 1] if 0 < line <= len(rows) else "")

        if not isinstance(data, dict):
            raise LibraryError(Problem("E313", "这里要写成一组“键: 值”", Place(self.show(name), first_line)))
        return Fields(data, place, self.problems)

    # -- pack.yaml ---------------------------------------------------------------------------

    def manifest(self, name: str, text: str) -> None:
        fields = self.fields(name, text, text)
        schema = fields.number("schema", 1, 1, 0)
        if not schema and "schema" not in fields:
            fields.wrong("E313", "缺少 schema", hint="写 schema: 1")
        manifest: dict[str, Any] = {
            "id": fields.text("id"),
            "version": fields.version(),
            "title": fields.text("title"),
            "licence": fields.text("licence"),
            "requires": fields.text("requires", ""),
            "authors": fields.texts("authors"),
        }
        fields.text("homepage", "")
        pack = manifest["id"]
        if pack and not _is_name(pack):
            fields.wrong("E314", f"模板包的 id 只用小写字母、数字和连字符：{pack}", "id")
        if reason := unmet(manifest["requires"]):
            fields.wrong("E302", reason, "requires")
        fields.close()
        self.contents["manifest"] = manifest

    def identity(self, fields: Fields, name: str, *middle: str) -> str:
        """The id, which is the pack, the folder and the file name; `override: true` may name another pack's."""
        given = fields.text("id")
        pack = self.contents["manifest"].get("id", "")
        stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        wanted = ".".join((pack, *middle, stem))
        tail = given.split(".", 1)[-1]
        of_other_pack = tail == ".".join((*middle, stem))
        fits = given == wanted or (fields.flag("override") and of_other_pack)
        if given and pack and not fits:
            hint = f"应为 {wanted}" + ("；要改写别的包，加一行 override: true" if of_other_pack else "")
            fields.wrong("E314", f"id 与模板包、文件夹、文件名不符：{given}", "id", hint)
        return given

    # -- patterns ------------------------------------------------------------------------------

    def template(self, name: str, text: str) -> None:
        self.contents["sources"][name] = text
        if name.rsplit("/", 1)[-1].startswith("_"):
            return  # a part for others to include
        parts = name.split("/")
        if len(parts) != 3:
            self.wrong("E345", "句式要放在 patterns/功能/ 下面", name, hint="供引用的片段，文件名以 _ 开头")
            return
        end = text.find("#}")
        if not text.startswith(FRONT_START) or end < 0 or not text[: end + 2].endswith(FRONT_END):
            hint = f"文件从 {FRONT_START} 开始写说明，以 {FRONT_END} 结束"
            place = Place(self.show(name), 1, source=text.split("\n", 1)[0])
            self.problems.append(Problem("E312", "句式没有说明", place, hint))
            return
        front = text[len(FRONT_START) : end + 2 - len(FRONT_END)]
        fields = self.fields(name, front, text)
        record = self.pattern(fields, name, parts[1])
        record.update(source=text, file=name, line=text.count("\n", 0, end) + 1)
        self.contents["patterns"].append(record)

    def pattern(self, fields: Fields, name: str, folder: str) -> dict[str, Any]:
        function = fields.text("function")
        if function and function not in _CODES:
            fields.wrong("E317", f"没有功能「{function}」", "function", near(function, _CODES))
        elif function and function != folder:
            fields.wrong("E314", f"function 是 {function}，文件却在 {folder} 文件夹", "function")
        titles = {title: system.value for system, title in SYSTEM_TITLES.items()}
        record: dict[str, Any] = {
            "id": self.identity(fields, name, folder),
            "version": fields.version(),
            "code": fields.text("code", ""),
            "title": fields.text("title"),
            "function": function,
            "serves": fields.texts("serves", _CODES) or (function,),
            "list": titles[fields.choice("list", titles, "无")],
            "layout": fields.choice("layout", ("auto", "inline", "own"), "auto"),
            "slots": self.slots(fields),
            "variants": [
                (each.text("key"), each.texts("tones", _TONES), each.texts("audiences", _AUDIENCES))
                for each in self.closed(fields.each("variants"), ("key", "tones", "audiences"))
            ],
            "override": fields.flag("override"),
        }
        keys = [variant[0] for variant in record["variants"]]
        if len(set(keys)) < len(keys):
            fields.wrong("E313", "措辞的 key 重复", "variants")
        record["required"] = fields.texts("required", record["slots"])
        record["examples"] = [
            {"in": each.mapping("in"), "out": each.text("out", "")}
            for each in self.closed(fields.each("examples"), ("in", "out"))
        ]
        fields.close()
        return record

    def closed(self, each: list[Fields], keys: tuple[str, ...]) -> list[Fields]:
        for fields in each:
            fields.only(keys)
        return each

    def slots(self, fields: Fields) -> dict[str, Any]:
        slots = fields.mapping("slots")
        for slot, schema in slots.items():
            if not isinstance(schema, dict):
                fields.wrong("E313", f"要素 {slot} 的说明要写成 JSON Schema", ("slots", slot))
        return {slot: schema for slot, schema in slots.items() if isinstance(schema, dict)}

    # -- topics and occasions ---------------------------------------------------------------------

    def topic(self, name: str, text: str) -> None:
        fields = self.fields(name, text, text)
        record = {
            "id": self.identity(fields, name),
            "version": fields.version(),
            "title": fields.text("title"),
            "aliases": fields.texts("aliases"),
            "noun": fields.text("noun"),
            "aspects": {aspect: self.wordings(fields, aspect) for aspect in ASPECTS},
            "override": fields.flag("override"),
            "file": name,
        }
        fields.close()
        self.contents["topics"].append(record)

    def wordings(self, fields: Fields, aspect: str) -> list[tuple[Any, ...]]:
        each = self.closed(fields.each(aspect, required=True), ("题", "句", "展", "语气"))
        if aspect in fields and not each:
            fields.wrong("E319", f"{aspect} 没有措辞", aspect)
        return [(w.text("题", ""), w.text("句"), w.texts("展"), w.texts("语气", _TONES)) for w in each]

    def occasion(self, name: str, text: str) -> None:
        fields = self.fields(name, text, text)
        record = {
            "id": self.identity(fields, name),
            "version": fields.version(),
            "title": fields.text("title"),
            "aliases": fields.texts("aliases"),
            "genre": fields.choice("genre", _GENRES, "speech"),
            "audience": fields.choice("audience", _AUDIENCES, "下级"),
            "tone": fields.choice("tone", _TONES, "庄重"),
            "rate": int(fields.number("rate", 100, 300, 180)),
            "minutes": fields.number("minutes", 1, 600, 15),
            "front": self.front(fields),
            "sections": [self.section(each) for each in fields.each("sections", required=True)],
            "override": fields.flag("override"),
            "file": name,
        }
        fields.close()
        self.contents["occasions"].append(record)

    def front(self, fields: Fields) -> dict[str, Any]:
        """What stands before and after the sections; 无 is no salutation."""
        front = dict(_FRONT)
        for key, value in fields.mapping("front").items():
            if key not in front:
                fields.wrong("E313", f"不认识的键「{key}」", ("front", key), near(key, front))
            elif not isinstance(value, type(front[key])):
                fields.wrong("E313", f"front.{key} 写得不对", ("front", key))
            else:
                front[key] = "" if value == "无" else value
        return front

    def section(self, fields: Fields) -> dict[str, Any]:
        fields.only(_SECTION_KEYS)
        section: dict[str, Any] = {"功能": fields.text("功能")}
        titles = [name for function in FUNCTIONS for name in (function.title, function.code)]
        if section["功能"] and section["功能"] not in titles:
            fields.wrong("E317", f"没有功能「{section['功能']}」", "功能", near(section["功能"], titles))
        if "标题" in fields:
            section["标题"] = fields.text("标题")
        if "句式" in fields:
            section["句式"] = self.recipes(fields)
        if "措辞" in fields:
            section["措辞"] = fields.wording("措辞")
        if "要素" in fields:
            section["要素"] = fields.mapping("要素")
        for key in ("业务", "正文"):
            if key in fields:
                section[key] = list(fields.texts(key))
        if "比重" in fields:
            section["比重"] = fields.number("比重", 0, 1000, 0)
        if "必需" in fields:
            section["必需"] = fields.flag("必需")
        return section

    def recipes(self, fields: Fields) -> list[Any]:
        recipes = fields.items("句式")
        for recipe in recipes:
            names = recipe if isinstance(recipe, list) and recipe else [recipe]
            if not all(isinstance(name, str) and name.rstrip("?？") for name in names):
                fields.wrong("E313", "句式的每一项写一个句式名，或一列句式名", "句式")
                return []
        return recipes


def _is_name(text: str) -> bool:
    return text.isascii() and text[:1].isalpha() and text == text.lower() and text.replace("-", "").isalnum()
