"""Where a long title breaks into lines: at word sense, in a 梯形 or 菱形 (GB/T 9704-2012, 7.3.1).

There is no dictionary of Chinese here. A short list of the words that titles of meetings are made of
keeps those whole; between them, and with a higher price between other characters, a line may end.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["break_title", "width"]

_TITLE_WORDS = """
困难职工 困难群众 劳动模范 重要讲话 重要讲话精神 会议精神 全会精神 精神 系统 专题 培训班 工作会 经济工作
农村工作 群众 群团 民主管理 劳动关系 劳动争议 集体协商 工资集体协商 集体合同 权益保障 产业工人 队伍建设 产业工人队伍
基层工会 组织建设 农业农村 关于 开展 推进 推动 加强 进一步 深入 学习 贯彻 落实 实施 召开 印发 做好 全面 切实
扎实 加快 促进 深化 改革 创新 发展 高质量 建设 新时代 中国特色 社会主义 乡村 振兴 现代化 经济 社会 生态 环境
保护 安全 生产 教育 主题 宣传 思想 文化 文明 法治 普法 基层 组织 党建 党风 廉政 纪检 监察 巡视 巡察 整改
作风 干部 人才 队伍 产业 工人 职工 工会 总工会 联合会 困难 帮扶 救助 权益 保障 维权 维护 服务 劳动 劳动者
关系 争议 调解 调处 工资 集体 协商 合同 民主 管理 参与 源头 女职工 农民工 劳模 工匠 竞赛 技能 创建 表彰 先进
优秀 模范 典型 经验 交流 全国 全省 全市 全县 全区 全州 全镇 全系统 全公司 集团 公司 企业 单位 部门 有限公司
有限责任公司 股份有限公司 新时代中国特色社会主义思想
机关 学校 医院 社区 街道 委员会 代表 常委会 党委 政府
人大 政协 纪委 监委 办公室 领导 小组 年度 上半年 下半年 第一季度 季度 工作 任务 重点 目标 责任 要点 计划
方案 总结 报告 汇报 情况 意见 通知 决定 讲话 致辞 发言 主持词 讲稿 动员 部署 推进会 座谈会 交流会 表彰会
动员会 部署会 调度会 研讨会 开班式 启动仪式 结业式 开幕式 闭幕式 茶话会 报告会 推进会议 座谈会议 工作会议
会议 大会 全会 例会 培训 活动 仪式 论坛 签约 揭牌 开工 竣工 上的 会上 时的 活动中 信访 应急 防汛 消防 财政
税务 审计 统计 卫生 健康 医疗 就业 创业 招商 引资 营商 项目 投资 科技 数字化 智能 信息化 网络 平台 体系 机制
制度 能力 水平 质量 提升 行动 攻坚 专项 整治 治理 和谐 稳定 民生 实事 温暖 慰问 送清凉 金秋 助学 互助
"""
_WORDS = frozenset(_TITLE_WORDS.split())
_LONGEST = max(map(len, _WORDS))
_CLOSING = frozenset("，。、；：！？）》」』”’】〕…—·")
_OPENING = frozenset("（《“‘【〔")
_UNITS = frozenset("年月日号次届个项期周季强大%％")
_FORWARD = frozenset(["关于", "在", "对", "向", "为", "把", "和", "与", "及", "暨", "以", "于", "全", "第"])
_BACKWARD = {
    "的": 60.0,
    "上": 9.0,
    "上的": 9.0,
    "会上": 9.0,
    "时的": 9.0,
    "中": 4.0,
    "会": 9.0,
    "等": 9.0,
    "讲话": 2.0,
    "工作": 1.0,
}
_NEVER = 1e6
_MOST_LINES = 3  # what is longer is no title; Word may break it as it likes


def width(text: str) -> float:
    """The width in characters (字): one for each Han character, a half for ASCII."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


@lru_cache(maxsize=256)
def break_title(text: str, limit: float) -> tuple[int, ...]:
    """Offsets where new lines begin, () for a title that fits in `limit` characters or cannot be broken."""
    total = width(text)
    fewest = int(-(-total // limit))
    if fewest < 2 or fewest > _MOST_LINES or "\n" in text:
        return ()
    at = [0.0]
    for char in text:
        at.append(at[-1] + width(char))
    costs = list(_costs(text))
    best: tuple[float, tuple[int, ...]] = (_NEVER, ())
    for lines in (fewest, fewest + 1):
        for breaks in _layouts(at, costs, 0, lines, limit):
            parts = [at[b] - at[a] for a, b in pairwise((0, *breaks, len(text)))]
            best = min(best, (sum(costs[b] for b in breaks) + _shape(parts), breaks))
        if best[0] < 20:
            break
    return best[1]


def _layouts(at: list[float], costs: list[float], start: int, lines: int, limit: float) -> Iterator[tuple[int, ...]]:
    """Every way to fill `lines` lines from `start` on with none wider than `limit`."""
    if lines == 1:
        if at[-1] - at[start] <= limit:
            yield ()
        return
    for end in range(start + 1, len(costs)):
        if at[end] - at[start] > limit:
            return
        if costs[end] < _NEVER and at[-1] - at[end] <= (lines - 1) * limit:
            for rest in _layouts(at, costs, end, lines - 1, limit):
                yield (end, *rest)


def _shape(parts: list[float]) -> float:
    """How far the lines are from a trapezoid or a rhombus."""
    steps = [b - a for a, b in pairwise(parts)]
    trapezoid = all(step > 0.9 for step in steps) or all(step < -0.9 for step in steps)
    middle = parts.index(max(parts))
    rhombus = (
        0 < middle < len(parts) - 1
        and all(step > 0.9 for step in steps[:middle])
        and all(step < -0.9 for step in steps[middle:])
    )
    price = 0.0 if trapezoid or rhombus else 12.0
    price += 15.0 if min(parts) < 4 else 0.0
    return price + 0.3 * sum(abs(abs(step) - 3) for step in steps)


def _costs(text: str) -> Iterator[float]:
    """What a line break before each character costs."""
    tokens = list(_tokens(text))
    inside = 0
    at = 0
    yield _NEVER
    for index, token in enumerate(tokens):
        if index:
            yield _between(tokens[index - 1], token) + (6.0 if inside else 0.0)
        at += len(token)
        inside += (token in ("《", "“")) - (token in ("》", "”"))
        yield from [_NEVER] * (len(token) - 1)


def _between(left: str, right: str) -> float:
    if right[0] in _CLOSING or left[-1] in _OPENING or (right[0] in _UNITS and left[-1].isdigit()):
        return _NEVER
    if left in _CLOSING or left.isspace():
        return 0.0
    if left in _FORWARD:
        return 9.0
    known = (len(left) > 1) + (len(right) > 1)
    return _BACKWARD.get(right, 0.0) + (6.0, 2.5, 1.0)[known]


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = at + 1
        if text[at].isascii() and not text[at].isspace():
            while end < len(text) and text[end].isascii() and not text[end].isspace():
                end += 1
            if text[end : end + 1] == "年":
                end += 1
        else:
            for size in range(min(_LONGEST, len(text) - at), 1, -1):
                if text[at : at + size] in _WORDS:
                    end = at + size
                    break
        yield text[at:end]
        at = end
