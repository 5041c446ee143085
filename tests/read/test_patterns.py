"""Rhetorical forms of an old text: which it is, how sure, and what is asked where it is not sure."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from drafter.brief import dump, load_brief
from drafter.chinese.enumeration import paragraphs
from drafter.compose import compose
from drafter.library import Library
from drafter.read import Imported, import_json, read
from drafter.read._heading_cues import HEADINGS
from drafter.read._pattern_cues import FORMS, LISTS, MAIN_LISTS
from drafter.read._patterns import SURE, recognise
from drafter.read.brief_out import to_brief
from drafter.read.outline import outline

ROOT = Path(__file__).resolve().parents[2]
TITLE = "在全市工会工作会议上的讲话"
PLAIN = "这件事由各单位自己安排，月底以前把结果报上来。"
# Written for this test in the words of other offices: no pattern of the library wrote them.
SAID = {
    "P01": "在“五一”国际劳动节即将到来之际，县总工会在这里隆重召开全县工会工作会议，目的是表彰先进、部署工作。",
    "P02": "在此，我代表县总工会，向获奖的同志表示热烈的祝贺！向全县职工致以节日的问候！",
    "P03": "刚才，李某同志通报了上半年的工作，东河镇工会介绍了经验，讲得都很好，我完全同意。",
    "P04": "会议的主要任务是：传达省里的会议精神，回顾上半年的工作，安排下半年的任务。",
    "P05": "下面，我就抓好协商工作讲三点意见。",
    "P06": "我们积极走访企业，摸清了底数。\n我们不断完善制度，堵住了漏洞。\n我们扎实开展培训，练出了队伍。",
    "P07": "全县新建工会达到126家，比上年增加31家；会员增长12.5%，其中农民工会员占46%。",
    "P08": "回顾这几年的工作，我们有三条体会：一是领导重视是关键；二是职工满意是标准；三是基层扎实是根本。",
    "P09": "概括地说，就是有速度、有深度、有热度。所谓有速度，就是当天的事当天办。所谓有深度，就是一件事追到底。",
    "P10": "虽然工会的牌子都挂起来了，但我们应清醒地看到，有些工会还没有真正运转起来，因此要下功夫补课。",
    "P11": "他们创造了“三进三问”工作法，即进车间问安全、进班组问困难、进家门问冷暖。",
    "P12": (
        "职工队伍的年轻化。刚进厂的多是二十来岁的年轻人。\n用工方式的灵活化。"
        "一个人同时接几家的活。\n劳动关系的复杂化。合同签得越来越短。"
    ),
    "P13": (
        "建厂初期，全厂只有几十个人，谁家有事都知道。改制以后，来来去去的人多了。如今，一条生产线上的人来自七八个省。"
    ),
    "P14": "一方面，企业招不到合适的人，机器闲着；另一方面，职工找不到合适的活，人也闲着。",
    "P15": "从组织看，乡镇工会的人手少；从经费看，小企业的工会没有钱。",
    "P16": "据第二次职工队伍调查，职工更加看重学习，愿意参加培训的占63.5%；更加看重健康，希望按时体检的占48%。",
    "P17": "有的单位牌子挂了没有人，有的单位人到了不干事，还有的把会费存着不用。",
    "P18": "工作中还存在三个方面的问题：一是人手不足；二是经费不足；三是办法不多。",
    "P19": "工会是党联系职工的桥梁，是职工自己的组织，做好这项工作具有重要意义，也是各级的重要职责。",
    "P20": "省委领导同志在全省群团工作会议上强调，要把服务送到职工身边，这为我们指明了方向。",
    "P21": "今年工作的总体要求是：以党的创新理论为指导，围绕全县中心工作，以服务职工为主线，为发展出力。",
    "P22": "到今年年底，百人以上企业的建会率要达到95%，新发展会员6000人。",
    "P23": "要摸清家底；要定好人头；要排好日子；要办好实事。",
    "P24": "一是抓组建；二是抓培训；三是抓维权。",
    "P25": (
        "能不能落到实处，关键看领导。一要加强领导，主要负责人亲自抓。二要落实责任，分到部门、分到人。三要督促检查。"
    ),
    "P26": (
        "首先，要把底数摸清楚，一家一家登记。\n其次，要把队伍建起来，"
        "一人一岗配齐。\n最后，要把制度立起来，一条一条写明。"
    ),
    "P27": (
        "（一）摸清底数。一家一家登记，一个不漏。\n（二）建好队伍。"
        "一个岗位配一个人。\n（三）立好规矩。一条一条写在纸上。"
    ),
    "P28": "对规模小的企业，可以几家合建一个工会；对迟迟不动的企业，要上门去讲道理。",
    "P29": "这样做既减轻了企业的负担，又方便了职工办事。",
    "P30": (
        "（一）“春”送岗位。开了十二场招聘会，服务两千人次。\n（二）“夏”送清凉。"
        "走了九十个工地。\n（三）“秋”送学费。帮了二百个学生。"
    ),
    "P31": "近年来探索建立了“一站三员”工作机制，由工会主席、调解员、律师、法官组成，办理争议案件85件。",
    "P32": "另外，上个月在临河市召开了现场会，总结推广了他们的经验，概括为“两建两联”，希望大家学一学。",
    "P33": "我们要进一步统一思想，进一步振奋精神，进一步改进作风。",
    "P34": "做到底数清楚、责任明确、措施得力、检查到位。",
    "P35": "同志们，任务艰巨，使命光荣。让我们以这次会议为契机，真抓实干，不断开创工会工作的新局面！",
    "P36": "最后，祝大家身体健康、工作顺利！预祝大赛圆满成功！",
    "P37": "希望受到表彰的同志珍惜荣誉，再立新功。\n希望广大职工向先进学习，岗位成才。",
    "P38": "钱不够怎么办？关键是把现有的钱用在刀刃上。",
    "P39": "抓好安全，是企业的头等大事，是职工的切身利益，更是各级的政治责任。",
    "P40": "职工食堂不是可有可无的小事，而是关系人心的大事。",
    "P41": "我代表东河镇工会表态如下：坚决完成县里下达的任务，请各位领导放心。我们将一项一项抓落实。",
    "P42": "俗话说，人心齐，泰山移。",
    "P43": "以东河镇为例，他们先把名册建起来，再一户一户上门，三个月就办完了。",
    "P44": "这些成绩的取得，是县委正确领导的结果，是各部门大力支持的结果，更是广大职工共同努力的结果。",
    "P45": (
        "下面，进行大会第一项议程，请县总工会副主席作工作报告，"
        "大家欢迎。\n下面，进行大会第二项议程，请东河镇工会作经验介绍。"
    ),
    "P46": "会后，各单位要做好两件事：一是及时传达会议精神；二是抓紧制定落实的办法，贯彻落实情况月底上报。",
    "P47": "职工文化宫今天落成了，这是全县职工文化生活中的一件大事、喜事。",
    "P48": "这次会议是一次民主的大会、团结的大会、鼓劲的大会。",
    "P50": "新企业落户，这既是扩大工会覆盖的大好机遇，又对我们的服务提出了更高要求。",
}
HEADS = {
    "H-A": "提高认识，增强做好安全工作的紧迫感",
    "H-B": "回顾过去，劳动竞赛工作成绩明显",
    "H-C": "进一步加大宣传力度，提高职工的知晓率",
    "H-D": "要加强队伍建设，为工会工作提供有力保证",
    "H-E": "以技能竞赛为载体，在提升素质中建功立业",
    "H-F": "要抓好组建，扩大工会的覆盖面",
    "H-G": "摸清底数、建好台账，把服务做到职工心里",
    "H-H": "要深挖其“根”，打牢思想的底子",
    "H-I": "“冬”送温暖",
    "H-J": "“三方会商”机制成效明显",
    "H-K": "职工诉求的多样化",
    "H-L": "存在的主要问题",
    "H-M": "抓好集体协商，是稳定劳动关系的重要举措",
    "H-N": "关于劳动竞赛的组织和奖励",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


def text_of(*lines: str) -> Imported:
    return read("\n".join(lines).encode(), name="旧稿.txt")


def test_every_form_of_the_table_is_in_the_library_and_every_numbered_one_in_the_table(library: Library) -> None:
    known = {*FORMS, *HEADINGS, *LISTS.values(), *MAIN_LISTS.values(), "drafter.front.salutation"}
    assert known <= {pattern.id for pattern in library.patterns}
    numbered = {p.id for p in library.patterns if re.fullmatch(r"P\d\d|H-[A-N]", p.code)}
    assert numbered - known == set()


@pytest.mark.parametrize("code", SAID)
def test_a_text_of_another_hand_is_told_by_its_form(code: str, library: Library) -> None:
    result = text_of(TITLE, "同志们：", *SAID[code].split("\n"), PLAIN)
    wanted = library.pattern(code).id
    assert wanted in {q.pattern for q in result.passages if q.pattern}, [(q.pattern, q.others) for q in result.passages]


@pytest.mark.parametrize("code", HEADS)
def test_a_heading_is_told_by_its_shape(code: str, library: Library) -> None:
    result = text_of(TITLE, "同志们：", f"一、{HEADS[code]}", PLAIN)
    (heading,) = [q for q in result.passages if q.role == "heading"]
    assert heading.pattern == library.pattern(code).id


def test_the_texts_that_the_patterns_wrote_are_read_as_those_patterns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    import import_forms

    assert import_forms.report(list(import_forms.trials(library))) >= 0.88
    capsys.readouterr()


def test_plain_talk_has_no_form() -> None:
    assert recognise(PLAIN) == ()
    assert recognise("他昨天到厂里看了看，同几位老师傅聊到很晚。") == ()


def test_what_looks_like_two_forms_is_less_sure() -> None:
    alone = recognise("一方面，招不到人，机器闲着；另一方面，找不到活，人也闲着。")
    mixed = recognise("一方面，有的招不到人；有的找不到活，另一方面，既没有钱，又没有人，还有的不上心。")
    assert alone[0][1] >= SURE > alone[0][1] - 0.3
    assert mixed[0][1] < alone[0][1]
    assert len(mixed) > 1


def test_json_names_the_pattern_and_how_sure_it_is() -> None:
    blocks = import_json(text_of(TITLE, "同志们：", SAID["P01"], SAID["P05"], "一、" + HEADS["H-A"], PLAIN))["blocks"]
    told = [(block["role"], block["pattern"]) for block in blocks]
    assert told == [
        ("title", None),
        ("salutation", "drafter.front.salutation"),
        ("opening", "drafter.context.anchor"),
        ("transition", "drafter.trans.points"),
        ("heading", "drafter.heading.h-a"),
        ("body", None),
    ]
    assert all(0 < block["pattern_confidence"] <= 1 for block in blocks if block["pattern"])
    assert all(other.keys() == {"pattern", "confidence"} for block in blocks for other in block["other_patterns"])


def test_the_outline_names_function_and_pattern_with_their_confidence(library: Library) -> None:
    told = outline(text_of(TITLE, "同志们：", SAID["P02"], "一、" + HEADS["H-A"], SAID["P14"]), library).splitlines()
    assert told[0] == TITLE
    assert re.fullmatch(r"· 在此，我代表.*  （第 3 行，开篇致意 0\.\d+，谢贺问 0\.\d+）", told[2])
    assert re.fullmatch(r"一、提高认识.*  （第 4 行，形势认识 0\.\d+，认清形势式标题 0\.\d+）", told[3])
    assert re.fullmatch(r"  · 一方面.*，一方面另一方面 0\.\d+）", told[4])


def test_an_unsure_form_is_asked_in_the_brief(library: Library) -> None:
    unsure = "既要看到成绩，也要看到问题。对新来的同志，可以慢一点带；对老同志，要放手让他们干。大家商量着办。"
    _, comments = to_brief(text_of(TITLE, "同志们：", "一、" + HEADS["H-A"], unsure), library)
    asked = comments["板块", 0]
    assert re.search(r"拿不准：第4行这一段像“.+”（把握 [345]\d%），也像“.+”；不对就改 句式", asked)


def test_a_sure_form_is_named_in_the_brief(library: Library) -> None:
    _, comments = to_brief(text_of(TITLE, "同志们：", "一、" + HEADS["H-A"], SAID["P20"], SAID["P14"]), library)
    assert "旧稿句式：权威引用、一方面另一方面" in comments["板块", 0]
    assert "拿不准" not in comments["板块", 0]


FORMED = {
    "一方面另一方面": SAID["P14"],
    "从角度看": SAID["P15"],
    "要清单": SAID["P23"],
    "分类施策": SAID["P28"],
    "既又": "这样做，既减轻了企业的负担，又方便了职工办事。",
    "三个进一步": "各级工会要进一步统一思想，进一步振奋精神，进一步改进作风。",
    "设问": SAID["P38"],
    "举例": SAID["P43"],
    "任务陈述": SAID["P04"],
    "祝愿": "最后，预祝大赛圆满成功！祝大家身体健康、工作顺利！",
    "让步转折": "虽然牌子都挂起来了，但我们也要清醒地看到，有些工会还没有运转起来。因此，要下功夫补课。",
    "有的列举": "有的单位牌子挂了没有人；有的人到了不干事；还有的把会费存着不用。",
    "机遇与要求": "新企业落户了。这既是扩大覆盖的好机会，也要求我们把服务做到园区里去。",
}


@pytest.mark.parametrize("title", FORMED)
def test_a_paragraph_that_is_a_form_becomes_its_facts_and_reads_the_same(title: str, library: Library) -> None:
    data, _ = to_brief(text_of(TITLE, "同志们：", "一、摸清家底，办好实事", FORMED[title], PLAIN), library)
    assert f"'{title}'" in str([board["句式"] for board in data["板块"]]) or f"'句式': '{title}'" in str(data["板块"])
    document = compose(load_brief(dump(data).encode(), slots=library.slots()), library)
    assert FORMED[title] in [paragraph.text for paragraph in paragraphs(document)]


def test_a_form_inside_a_paragraph_is_told_too(library: Library) -> None:
    text = "底数已经清楚了。这样做，既减轻了企业的负担，又方便了职工办事。各单位照着去办。"
    data, _ = to_brief(text_of(TITLE, "同志们：", "一、摸清家底，办好实事", text, PLAIN), library)
    (first, *_) = data["板块"][0]["要素"]["任务"]
    assert first["展"][0]["既又"] == [{"既": "减轻了企业的负担", "又": "方便了职工办事"}]


def test_forms_of_single_sentences_are_named_beside_that_of_the_paragraph(library: Library) -> None:
    text = (
        "刚才，三个单位作了发言，讲得都很好。人手少的，可以几家合办；既要办得起来，又要办得下去。"
        "对小企业，可以几家联合；对大企业，要单独建会。"
    )
    result = text_of(TITLE, "同志们：", text, "一、" + HEADS["H-A"], PLAIN)
    (passage,) = [q for q in result.passages if q.role == "opening"]
    told = [library.pattern(name).title for name, _ in passage.inner]
    assert library.pattern(passage.pattern).title == "议程回声"
    assert told == ["既又", "分类施策"]
    assert "其中有既又、分类施策" in outline(result, library)
