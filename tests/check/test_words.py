"""Words: tables with their exceptions, and set phrases with one wrong character."""

from __future__ import annotations

import random

import pytest

from drafter.check import Level, Settings, Text, check, fix, rulebook
from drafter.check.lexicon import lexicon

WORDS = Settings(select=("W",))
TABLES = [rule for rule in rulebook().rules if rule.id.startswith("W") and rule.table]


def rules(string: str) -> list[str]:
    return [finding.rule for finding in check(Text.of(string), WORDS)]


@pytest.mark.parametrize("rule", TABLES, ids=lambda rule: rule.id)
def test_every_row_of_a_table_is_found_and_put_right(rule: object) -> None:
    for entry in rule.entries:  # type: ignore[attr-defined]
        text = Text.of(f"（{entry.wrong}）")
        found = check(text, Settings(select=(rule.id,)))  # type: ignore[attr-defined]
        assert found, entry.wrong
        fixed, _ = fix(text, Settings(select=(rule.id,)), suggested=True)  # type: ignore[attr-defined]
        assert fixed.string == f"（{entry.right}）"


def test_no_row_stands_in_two_tables_and_none_is_right_elsewhere() -> None:
    wrong = [entry.wrong for rule in TABLES for entry in rule.entries]
    assert len(wrong) == len(set(wrong))
    right = {entry.right for rule in TABLES for entry in rule.entries}
    assert not right & set(wrong)


@pytest.mark.parametrize(
    "string",
    [
        "立刻期待大家的好消息",
        "发展转型升级取得成效",
        "开展绿色采购和阳光采购",
        "市妇联接到职工来信",
        "夜间夜消费场景更丰富",
        "主要末端网点已经建会",
        "讲座落实到班组",
        "引导至少三家企业",
        "甚至使用了新设备",
        "究竟争取到了多少岗位",
        "公布署名文章",
        "按排名先后",
        "社会主义法治国家",
        "社会主义法治理念",
        "落实党中央决策部署",
        "监督检察机关依法办案",
        "在实事求实效上下功夫",
        "为民办实事、求实效",
        "作出突出贡献和做出突出成绩",
        "投稿截止到月底，申报截止至月底，报名截止日期不变",
        "发放帐篷和蚊帐，搭起营帐",
        "第一界面上有三界四邻的提示，业界代表到会",
        "化学反应的问题要请专家看",
        "职工代表大会行使民主管理权力，权利义务写清楚",
        "当前形式多样的活动受到欢迎，就业形式多样化",
        "健全社会主义法制，开展法制宣传",
        "战争爆发，企业盈利，记者提出质疑",
        "来自于都县的代表，涉及到期债务",
        "邀请与会人员，在在建工程中，为了了解情况",
        "坚决择优选派，直接授权基层，协商确定标准，招商确保落地",
        "投资询价，按装备制造业的要求，招开发区的企业",
        "本周末经批准，年末来访的人多，月末能完成",
        "加利福尼亚州和弗吉尼亚州",
        "代表章程修改小组，图表章节分明",
        "他叫做风的孩子，既使职工满意，又使企业受益",
        "工会智能服务平台，用工作回报社会",
        "正确行使权利，表彰工作实绩，提出检察建议",
        "新建企业共十家，建言献策",
    ],
)
def test_words_that_only_look_wrong_across_their_borders_are_left_alone(string: str) -> None:
    assert rules(string) == []


@pytest.mark.parametrize(
    ("string", "right"),
    [
        ("加强监督官理", "加强监督管理"),
        ("抓好贯彻洛实", "抓好贯彻落实"),
        ("维护职工合法全益", "维护职工合法权益"),
        ("开展集体协尚", "开展集体协商"),
        ("构建和谐劳动官系", "构建和谐劳动关系"),
        ("深化产业工人队五建设改革", "深化产业工人队伍建设改革"),
        ("弘扬劳模精申", "弘扬劳模精神"),
        ("全心全意为职工服悟", "全心全意为职工服务"),
        ("发挥主立军作用", "发挥主力军作用"),
    ],
)
def test_a_wrong_character_in_a_phrase_is_found_and_put_right(string: str, right: str) -> None:
    findings = check(Text.of(string), WORDS)
    assert [finding.rule for finding in findings] == ["W020"]
    fixed, _ = fix(Text.of(string), WORDS, suggested=True)
    assert fixed.string == right


def test_a_word_of_two_beside_a_right_one_is_a_warning() -> None:
    (finding,) = check(Text.of("摸清意见规绿，再定办法"), WORDS)
    assert (finding.rule, finding.level, finding.text) == ("W020", Level.WARNING, "规绿")
    assert check(Text.of("文件名里的字"), WORDS) == ()


def test_a_wrong_character_that_a_table_knows_is_reported_once() -> None:
    assert rules("抓好任务布署") == ["W002"]
    assert rules("建立工作台帐") == ["W004"]


def test_one_place_is_reported_once_with_its_longest_phrase() -> None:
    (finding,) = check(Text.of("坚持走中国特色社会主义攻会发展道路"), Settings(select=("W020",)))
    assert finding.level in (Level.ERROR, Level.WARNING)
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == ["工"]


def test_quotations_and_titles_are_left_alone() -> None:
    assert check(Text.of("他写道：“加强监督官理”，又见《贯彻洛实》一文"), Settings(select=("W020",))) == ()


def test_many_suspects_are_sieved_as_few_are() -> None:
    chance = random.Random(1)  # noqa: S311 (no secret)
    words = lexicon()
    phrases = chance.sample(sorted(words.phrases), 400)
    lines = []
    for phrase in phrases:
        at = chance.randrange(len(phrase))
        others = sorted(words.alike(phrase[at]))
        lines.append(phrase[:at] + chance.choice(others) + phrase[at + 1 :] if others else phrase)
    alone = {line for line in lines if check(Text.of(line), Settings(select=("W020",)))}
    together = Text.of("\n".join(lines))
    found = {together.lines[finding.line - 1] for finding in check(together, Settings(select=("W020",)))}
    assert alone <= found
    assert len(found) > 300


def test_no_phrase_of_the_lexicon_is_suspected() -> None:
    text = Text.of("\n".join(sorted(lexicon().phrases)))
    assert check(text, Settings(select=("W020",))) == ()
