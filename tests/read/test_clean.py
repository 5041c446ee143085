"""Every kind of pollution that scraped texts showed, each with a text of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.read import KINDS, Imported, read
from drafter.read._open import open_source

BODY = "今天，我们在这里召开全市工会工作会议，主要任务是总结去年工作，部署今年任务，动员各级工会干部真抓实干。"
SPEECH = f"在全市工会工作会议上的讲话\n同志们：\n{BODY}\n一、抓好组织建设\n" + (
    "各级工会要把组织建设抓在手上，一个企业一个企业地走到。\n"
)


def imported(text: str) -> Imported:
    return read(text.encode())


def kinds(result: Imported) -> set[str]:
    return {entry.kind for entry in (*result.removed, *result.changed)}


def accounted(result: Imported, data: bytes) -> str:
    """The characters of the source that are neither in the text nor in the report."""
    kept = {at for passage in result.passages for at in passage.text.at} | result.accounted
    rows = open_source(data, "").rows
    pairs = [pair for row in rows for pair in zip(row.text.at, row.text.text, strict=True)]
    return "".join(character for at, character in pairs if at not in kept and not character.isspace())


JUNK = {
    "chrome": [
        "返回首页",
        "首页 > 范文 > 工会 > 讲话稿",
        "第 3 页 / 共 8 页",
        "【收藏】 作者: 佚名 【小 中 大】",
        '<img class="a" src="b.png">',
    ],
    "source_time": [
        "时间:2022-07-20 09:30:56",
        "某某社 人气:1.38W",
        "2025-04-02",
        "发布时间：2023-05-22 来源：网友投稿",
    ],
    "disclaimer": ["导语：此文来源于网友上传，不代表本站立场。", "如若转载，请注明出处：http://example.com/1.html"],
    "compile_intro": ["下面是小编为大家整理的讲话稿，仅供参考，一起来看看吧。"],
    "truncation": [
        "............试读结束............",
        "……（未完，全文共3600字，请登录后阅读）",
        "预览结束，免费获取全文",
    ],
    "ad": ["查阅全文加微信1234567", "请点击👉 abc123 👈联系老师"],
    "spam": ["甲子县| 乙丑市| 丙寅县| 丁卯市| 戊辰县| 己巳市|", "高清在线_免费观看_亚洲"],
    "related": ["上一篇：关于某事的通知", "- 下一篇：某某总结"],
    "stray": ["?", ">"],
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in JUNK.items() for line in lines])
def test_a_line_of_the_page_goes_and_is_reported(kind: str, line: str) -> None:
    at_end = kind in ("truncation", "ad", "spam", "related")
    text = SPEECH + line if at_end else SPEECH.replace("同志们", f"{line}\n同志们", 1)
    result = imported(text)
    assert line not in result.text
    removed = [entry for entry in result.removed if entry.text == line]
    assert [entry.line for entry in removed] == [text.split("\n").index(line) + 1]
    assert result.text.count(BODY) == 1
    assert not accounted(result, text.encode())


@pytest.mark.parametrize(
    "line",
    [
        "司法部门加大侵权查处力度，法院提高劳动纠纷审判效率，维护职工权益。",
        "各级工会要用好微信公众号，把服务送到职工手上，让职工点一点就能找到娘家人。",
        "我们为大家整理的这些经验，供各单位学习借鉴，希望对大家有用，请结合实际抓好落实。",
        "（二）用好网络平台。各级工会要把网上服务做起来，登录、注册、办事一次办成。",
    ],
)
def test_words_of_pages_in_a_paragraph_are_text(line: str) -> None:
    assert line in imported(SPEECH + line + "\n" + BODY).text


def test_after_the_recommendations_nothing_is_text() -> None:
    result = imported(SPEECH + "猜你喜欢\n某某工作计划\n工会工作总结\n")
    assert [entry.kind for entry in result.removed] == ["related"] * 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("推動經(jīng)濟(jì)發(fā)展,做好本職工作。", "推动经济发展，做好本职工作。"),
        ("先进工作者(jìn )代表和（🎉）大家一起到会。", "先进工作者代表和大家一起到会。"),
        ("引进(CNC)设备和(ILO)公约。", "引进（CNC）设备和（ILO）公约。"),
        ("共有1,200人,占8.9%,比例为8.9:39.7;会议10:30开始。", "共有1,200人，占8.9%，比例为8.9:39.7；会议10:30开始。"),
        ("开展‚双争‛活动,争当‚能手‛。", "开展“双争”活动，争当“能手”。"),
        ("做好\"送温暖\"工作。", "做好“送温暖”工作。"),
        ("这是壹种新做法，第壹步要走稳。", "这是一种新做法，第一步要走稳。"),
        ("困难职工的'情况要摸清。", "困难职工的情况要摸清。"),
        ("把工 会工作 做到职工 心里。", "把工会工作做到职工心里。"),
        ("<p>工会工作要抓实。</p>", "工会工作要抓实。"),
        ("大家要把工作(www.example.com)抓实。", "大家要把工作抓实。"),
        ("抓好落实。秘书之家", "抓好落实。"),
    ],
)  # fmt: skip
def test_a_line_is_set_right(before: str, after: str) -> None:
    text = f"{SPEECH}{before}\n"
    result = imported(text)
    assert result.text.split("\n")[-1] == after
    assert not accounted(result, text.encode())


def test_an_advertisement_inside_a_word_leaves_the_word_whole() -> None:
    result = imported(SPEECH + "今年是打基础的一年，要把目公文之家—好资料每日更新www.example.com标任务抓实。")
    assert "要把目标任务抓实" in result.text
    assert "ad" in kinds(result)


@pytest.mark.parametrize("dots", ["......", "……………… ", "·······", "\t"])
def test_a_table_of_contents_goes(dots: str) -> None:
    head = "一、抓好组织建设"
    contents = ["目  录", f"{head}{dots}1"]
    result = imported("\n".join(contents) + "\n" + SPEECH)
    assert [entry.kind for entry in result.removed] == ["outline_preview"] * len(contents)
    assert result.passages[0].text.text == "在全市工会工作会议上的讲话"


def test_a_page_number_is_called_so() -> None:
    (gone,) = imported(SPEECH + "—3—\n" + BODY + "\n").removed
    assert (gone.kind, KINDS[gone.kind]) == ("page_frag", "页码")


def test_forum_noise_goes() -> None:
    result = imported(SPEECH + "$ G! l0 B& {7 H q1 讲话要联系实际，把道理说透。\n")
    assert result.text.endswith("讲话要联系实际，把道理说透。")
    assert "forum_noise" in kinds(result)


def test_a_style_sheet_goes() -> None:
    result = imported(SPEECH + "@page { size: 8in 11in } p { margin: 0 } 各级工会要抓好落实。")
    assert result.text.endswith("各级工会要抓好落实。")


def annotate(text: str, table: dict[str, str]) -> str:
    """What the damaging script does: (reading) behind each byte pair that equals a character of the table."""
    data, out, i = text.encode("gb18030"), bytearray(), 0
    pairs = {character.encode("gb18030"): reading for character, reading in table.items()}
    while i < len(data):
        out.append(data[i])
        if i and data[i - 1 : i + 1] in pairs:
            out += f"({pairs[data[i - 1 : i + 1]]})".encode("gb18030")
        i += 1
    shown, i = "", 0
    while i < len(out):  # a decoder that swallows what stands where a second byte should be
        if out[i] < 0x80:
            shown += chr(out[i])
            i += 1
        else:
            try:
                shown += bytes(out[i : i + 2]).decode("gb18030")
            except UnicodeDecodeError:
                shown += "?"
            i += 2
    return shown


TABLE = {
    "內": "nèi",
    "發": "fā",
    "導": "dǎo",
    "務": "wù",
    "經": "jīng",
    "濟": "jì",
    "會": "huì",
    "區": "qū",
    "產": "chǎn",
}


@pytest.mark.parametrize(
    "sentence",
    [
        "我們取得了很大成績，全市經濟發展很快，職工會員越來越多。",
        "評選獎章，發給先進職工，大家都要學習。產業工人會員很多，經濟發展。",
    ],
)
def test_bytes_that_an_annotation_pushed_apart_come_back(sentence: str) -> None:
    damaged = annotate(sentence, TABLE)
    assert "?" in damaged
    result = imported(f"{annotate('全市工會發展經濟，領導服務園區，產業區經濟發展。', TABLE)}\n{damaged}\n")
    assert "?" not in result.text
    assert any(entry.kind == "byte_shift" for entry in result.changed)
    expected = read(f"全市工會發展經濟，領導服務園區，產業區經濟發展。\n{sentence}\n".encode()).text
    assert result.text == expected


def test_a_lost_full_stop_comes_back() -> None:
    data = "。基層工會組織".encode("gb18030")  # A1A3 BBF9…: A3BB is the semicolon, and A1 alone is lost
    shifted = data[3:11].decode("gb18030") + chr(data[12 - 1])
    result = imported(f"經(jīng)濟(jì)發(fā)展。\n增強凝聚力?;{shifted}織活動要實。\n")
    assert result.text.split("\n")[1] == "增强凝聚力。基层工会组织活动要实。"


def test_a_lost_full_stop_before_a_tag_comes_back() -> None:
    data = "。”".encode("gb18030")  # A1A3 A1B1: A1 is lost, A3A1 is !, and B1 took the < of the tag with it
    shifted = data[1:3].decode("gb18030") + (data[3:] + b"\xaa").decode("gb18030")
    result = imported(f"經(jīng)濟(jì)發(fā)展。\n做到“只讓心熱、不讓茶涼?{shifted}?/p>\n職工會員越來越多。\n")
    assert result.text.split("\n")[1] == "做到“只让心热、不让茶凉。”"
    assert [entry.after for entry in result.changed if entry.kind == "byte_shift"] == ["。”<"]


def test_what_cannot_be_repaired_is_left_and_reported() -> None:
    text = "經(jīng)濟(jì)發(fā)展要靠職工。\n大家?guī)淼膱?bào)告要看。"
    result = imported(text)
    assert [entry.line for entry in result.doubtful if entry.kind == "byte_shift"]


def test_mainland_text_in_traditional_glyphs() -> None:
    result = imported("全市總工會工作總結\n隨著經濟的發展，各級工會切實維護職工權益，著名勞模作了發言。\n")
    assert result.script == "traditional"
    assert result.text.split("\n")[1] == "随着经济的发展，各级工会切实维护职工权益，著名劳模作了发言。"


def test_words_of_taiwan_are_changed_and_reported_one_by_one() -> None:
    text = "工會專案總結\n利用資訊平臺，爭取資金支援，聯絡員逐戶登記，建立特困職工檔案，在建專案透過網路公示。\n"
    result = imported(text)
    assert result.script == "taiwan"
    assert "利用信息平台，争取资金支持，联络员逐户登记，建立特困职工档案，在建项目通过网络公示" in result.text
    words = {(entry.before, entry.after) for entry in result.changed if entry.kind == "phrase"}
    assert {("資訊", "信息"), ("支援", "支持"), ("網路", "网络"), ("專案", "项目")} <= words
    assert any("档案" in entry.message for entry in result.doubtful)


def test_a_stray_traditional_character_in_a_simplified_text() -> None:
    result = imported(SPEECH + "首屆技能大赛由乾县工会承办，历时三个月，参赛职工一千多人。\n")
    assert "首届技能大赛由乾县工会承办" in result.text
    assert [(entry.before, entry.after) for entry in result.changed if entry.kind == "script"] == [("屆", "届")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_encodings(encoding: str) -> None:
    assert read(SPEECH.encode(encoding)).text == imported(SPEECH).text


def test_blanks_to_fill_in_are_doubtful() -> None:
    result = imported(SPEECH + "***同志任组长，20xx年帮扶XX户，集团成立 年多来，投入.亿元。\n")
    assert sum(entry.kind == "masked" for entry in result.doubtful) >= 4


def test_an_unpaired_quotation_mark_is_doubtful() -> None:
    result = imported(SPEECH + "双助”互助品牌助力职工，覆盖全市各级工会。\n")
    assert any(entry.kind == "quote" for entry in result.doubtful)
    assert "双助”互助" in result.text


WORDS = [
    "工会",
    "(fā)",
    "發",
    "資訊",
    "一、",
    "（一）",
    "。",
    "\n",
    "，",
    "?",
    "!",
    "“",
    "”",
    "同志们：",
    "www.a.cn",
    " ",
    "讲话",
    "1.",
    "…",
    "篇一",
    "<p>",
    "*",
]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
def test_nothing_is_lost_without_an_entry(text: str) -> None:
    if not text.strip():
        return
    data = text.encode()
    assert not accounted(read(data), data)
