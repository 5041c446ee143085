"""的 where 地 belongs before a verb, or 得 after one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit
from drafter.check.lazy import lazy

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["adverbs", "complements"]

_ADVERBS = (
    "扎实 认真 切实 深入 有效 积极 持续 不断 大力 稳步 牢牢 自觉 主动 充分 坚决 准确 "
    "及时 有力 更好 全面 进一步 努力 有序 扎扎实实 认认真真 实实在在 踏踏实实 兢兢业业 "
    "有针对性 创造性 精准 科学 严格 高效 稳妥 热情 细致 耐心 真诚 踊跃 紧紧 紧密 广泛 "
    "深刻 合理 迅速 逐步 有条不紊 坚定不移 持之以恒 一如既往 旗帜鲜明 全心全意 千方百计 "
    "齐心协力 因地制宜 最大限度 卓有成效 富有成效 有计划 有步骤 有组织 主动自觉 积极主动 "
    "圆满 顺利 忠实"
)
_VERBS = (
    "认识到 争取 促进 保护 保障 倾听 做到 做好 健全 关心 关爱 凝聚 分析 制定 办好 办理 "
    "加强 动员 化解 协调 参与 反映 发挥 回应 团结 围绕 坚持 增强 处理 学习 守住 完善 "
    "完成 实施 实现 宣传 履行 巩固 帮助 帮扶 应对 建好 建立 开展 引导 弘扬 强化 总结 "
    "慰问 打造 扛起 执行 扩大 承担 把握 抓好 抓实 投入 投身 担负 拓展 掌握 探索 推动 "
    "推进 提升 提高 搞好 支持 改进 整改 服务 构建 检查 深化 理解 用好 督促 研究 管好 "
    "纠正 组织 维护 联系 肩负 落实 融入 解决 调查 谋划 贯彻 走访 运用 遵守 配合 防范 "
    "领会 为 做 向 干 抓"
)
# what makes a noun of verb and head: 有力的推动力量
_HEADS = (
    "作用 力量 措施 方法 办法 机制 过程 体系 作风 态度 方式 手段 途径 能力 成效 效果 "
    "体验 格局 体会 经验 局面 环境 氛围 水平 课程 者 工具 载体 平台 因素 理由 意义 "
    "阶段 对象 目标 要求 规划 方案 计划 思路 情况 特点 性 度 力 感 率 活动 形式 状态 "
    "精神 关系 条件 基础 制度 政策 建议 意见 服务 研究 调研 分析 指导 交流 讨论 工程 "
    "项目 路径 举措 抓手 保障 支撑 支持 成果 结果 任务 问题 典型 案例 做法 内容 成绩"
)
_DONE = (
    "做 干 讲 说 抓 办 写 管 走 跑 开 听 看 想 过 变 长 学 练 搞 打 唱 演 跳 "
    "吃 住 睡 完成 发展 发挥 安排 布置 落实 执行 进行 表现 推进 解决 准备 组织 取得"
)
_HOW = "不(?!充分、)|很|更|更加|非常|比较|十分|特别|越来越|相当|不够|不太|挺"
_RESULTS = (
    "好 快 实 细 稳 远 紧 多 深 透 早 高 及时 成功 深刻 入神 扎实 出色 到位 不错 "
    "漂亮 充分 井井有条 有声有色 红红火火 扎扎实实 明明白白 清清楚楚 井然有序 热火朝天 "
    "紧张有序 有条不紊 淋漓尽致 顺利 圆满 精彩 怎么样 如何"
)

_LACKING = "做 抓 学 管 发挥 体现 掌握 了解 领会 把握 贯彻 学习 落实 执行"
_LACKS = "充分 到位 深入 扎实 牢固 透彻 明显 突出 及时 理想 好 深 实 细 透 牢 够"


def _after(words: str) -> str:
    """Expression for 的 after one of the words: from its literal character, which is looked for fast."""
    lengths: dict[int, list[str]] = defaultdict(list)
    for word in words.split():
        lengths[len(word)].append(word)
    return "的(?:" + "|".join(f"(?<=(?:{'|'.join(each)})的)" for each in lengths.values()) + ")"


def _any(words: str) -> str:
    return "|".join(words.split())


_ADVERB = lazy(
    f"{_after(_ADVERBS)}(?:{_any(_VERBS)})(?![的地和与及、，。；！？者])"
    f"(?![一-鿿]{{0,5}}(?:{_any(_HEADS)})(?:[，。；！？、和与及的]|是|为|中|上|下|有|$))(?=了|好|[一-鿿“《]{{2,}})"
)
_COMPLEMENT = lazy(
    f"{_after(_DONE)}(?:{_HOW})?(?:{_any(_RESULTS)})(?=[，。；！？、])"
    f"|{_after(_LACKING)}不够?(?:{_any(_LACKS)})(?=[，。；！？])"
    "|的(?<=取的)(?<![采选领收提获吸争夺换摄听录索考]取的)(?=[一-鿿]{0,8}(?:成绩|成效|进展|突破|胜利|实效|成果|效果)[，。；！])"
)
_LONGEST = 5


def adverbs(text: Text, _: Settings) -> Iterator[Hit]:
    """扎实的推进改革: 的 between an adverb and a verb with its object."""
    for match in _ADVERB.finditer(text.prose):
        yield _changed(text, match.start(), match.end(), _ADVERBS, "地")


def complements(text: Text, _: Settings) -> Iterator[Hit]:
    """干的很好, 取的成绩: 的 between a verb and how it is done, or in 取得."""
    for match in _COMPLEMENT.finditer(text.prose):
        yield _changed(text, match.start(), match.end(), f"{_DONE} {_LACKING} 取", "得")


def _changed(text: Text, at: int, end: int, words: str, right: str) -> Hit:
    known = set(words.split())
    size = next((size for size in range(min(at, _LONGEST), 0, -1) if text.prose[at - size : at] in known), 0)
    return Hit(at - size, end, edits=(Edit(at, at + 1, right),))
