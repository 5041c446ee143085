"""What web pages put around and into a text, as data.

A rule looks at a line in simplified glyphs with half-width marks, without readings in brackets. `zone` says
where it holds: `any` line, the `head` of the file (before the first paragraph of the text), or its `tail`
(after the last). `longest` bounds the line, so that a paragraph that mentions a word is never a page's own line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["ENDS_TEXT", "INLINE", "RULES", "WEB", "Rule"]

Zone = Literal["any", "head", "tail"]


@dataclass(frozen=True, slots=True)
class Rule:
    kind: str
    pattern: re.Pattern[str]
    zone: Zone = "any"
    longest: int = 80


def _rule(kind: str, pattern: str, zone: Zone = "any", longest: int = 80) -> Rule:
    return Rule(kind, re.compile(pattern, re.IGNORECASE), zone, longest)


_NAV = (
    "返回(上[一级]页?|首页|列表|顶部)?|首页|主页|登录|登入|注册|会员(注册|登录|中心)|请先?登录|收藏(本[页站文])?|打印(本[页文])?|举报|分享|"
    "关闭(窗口)?|搜索|下载|立即下载|免费下载|加入vip(免费下载)?|购物车|我的足迹|更多|目录|导航|上一[篇页]|下一[篇页]|文库|专题|栏目|频道|"
    "复制|正文复制|复制全文|全文阅读|阅读全文|展开(全文)?|收起|点赞|评论|用户评论|发表评论|投诉|反馈|版权反馈|相关|页眉|page|范文|素材|"
    "写作|ppt|原创|资源描述|内容预览:?|内容简介:?|热门资料|主题教育|文档描述|温馨提示:?|字号[大中小]*|研究报告|加入会员|以稿换稿|编辑|"
    "分销|赏|收藏分销[(]赏[)]|资源简介|文档简介|相关资源|版权说明|侵权投诉|下载说明|页码|全屏|纠错|推荐|点赞收藏|转发|在线客服|联系我们|关于我们|网站地图|帮助中心|手机版|电脑版|返回搜狐.*"
)
_SITE_WORD = (
    "范文|文秘|文档|作文|写作|公文|材料|秘书|素材|文库|学习|教育|知识|资源|论文|讲话|总结|计划|"
    "进修|文思|题库|书信|百科|原创"
)
_SITE = rf"[\w·]{{0,6}}({_SITE_WORD})[\w·]{{0,4}}(网|网站|库|吧|之家|之友|社|站|中心|大全|平台|在线|频道)"
_DATE = r"(19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?"
_CLOCK = r"(\s*\d{1,2}:\d{2}(:\d{2})?)"
_URL = r"((https?://|www\.)[A-Za-z0-9_./?=&%#-]+|[A-Za-z0-9_-]+\.(com|cn|net|org|top|vip|cc)(/[A-Za-z0-9_./?=&%-]*)?)"

RULES: tuple[Rule, ...] = (
    # navigation and frames of the page
    _rule("chrome", rf"^[\s|>·•\-/\[\]【】()]*(({_NAV})[\s|>·•\-/\[\]【】()]*)+$", longest=60),
    _rule("chrome", r"^(您?的?当前的?位置|您现在的位置|当前所在|所在位置|首页\s*[>»|/])", longest=120),
    _rule("chrome", r"^[^。;!?]{0,30}\s*[>»]\s*[^。;!?]{0,30}(\s*[>»].*)?$", "head", 80),
    _rule("chrome", r"^([^|。,]{1,14}\|\s*){3,}[^|。,]{0,14}$", longest=200),
    _rule("chrome", rf"^{_SITE}([-—|_ ].{{0,20}})?$", "head", 24),
    _rule("chrome", r"【(收藏|以稿换稿|加入会员|小\s?中\s?大|打印|字体)[^】]*】", longest=160),
    _rule(
        "chrome",
        r"由会员分享|珍藏版|可在线阅读,更多相关|请在.{2,20}上搜索|文档编号|上传人:|亲,该文档|在线阅读.*下载",
        longest=300,
    ),
    _rule(
        "page_frag",
        r"^第?\s*\d+\s*页?(\s*[/,]?\s*共\s*\d+\s*页)?$|^[-—–]+\s*\d+\s*[-—–]+$|^\d{1,3}\s*[-—]$|^page\s*\d*$",
        longest=24,
    ),
    _rule("chrome", r"第\s?\d+\s?页(\s*/\s*共\s?\d+\s?页)?$", longest=80),
    _rule("chrome", r"(docx?|pdf|pptx?)\s+\d+\s*页|下载\d+|浏览\d+|积分|文档最多只能预览|剩余\d+页未读", longest=160),
    _rule("chrome", r"^附[件录]?[:：]?《[^》]{1,20}》(原文|全文|正文)?[:：]?$", "head", 30),
    _rule("chrome", r"^以下(是|为)?.{0,20}(全文|原文|正文)[:：]$|^(全文|原文|正文)(如下)?[:：]$", "head", 36),
    _rule("chrome", r"^<[^<>]+>(\s*<[^<>]+>)*$|^\s*<(img|div|span|script|a|meta)\b.*>$", longest=2000),
    _rule("chrome", r"^!\[[^\]]*\]\([^)]*\)$", longest=400),
    # where and when the page came from
    _rule(
        "source_time",
        r"^(发布|更新|发表|上传|录入)?(时间|日期|来源|出处|作者|编辑|责编|浏览|点击|阅读|人气|字数|分类|栏目)(数|量|次数)?\s*:",
        "head",
        120,
    ),
    _rule("source_time", r"人气\s*:|点击(量|数|次数)?\s*:|浏览(量|数|次数)\s*:|阅读(量|数|次数)\s*:", longest=80),
    _rule(
        "source_time",
        r"^[\s(【\[]*(责任编辑|责编|网络编辑|值班编辑|编辑|审核|校对|[一二三初终]审|监制|(信息|稿件|文章)?来源)\s*:\s*[^。;]{1,24}$",
        "tail",
        40,
    ),
    _rule("source_time", rf"^{_DATE}{_CLOCK}", "head", 60),
    _rule("source_time", r"^(19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b.{0,24}$", "any", 40),
    _rule("source_time", r"^[\w《》]{1,10}\s?(19|20)\d\d年第?\s?\d{1,2}期$", "head", 30),
    _rule("source_time", r"下载该文章|\[会员注册\]", longest=120),
    # what the page says about itself
    _rule("disclaimer", r"^版权所有|^copyright\b|©|\w?icp备\s?\w*\d|公网安备|网站标识码", "tail", 160),
    _rule(
        "disclaimer",
        r"一文来源于|来源于网友|不代表本站|观点仅代表|版权(属于|归)|(转载|转发)[,]?(请|须|需)|如若转载|注明出处|(如有|涉嫌|若)侵权|侵权(请|必究|联系|删)|侵犯(了)?您的|"
        r"互联网用户自发|本站仅|仅供(学习|参考|借鉴)[^。]{0,12}$|以上内容(来自|由)|免责声明|以下评论仅代表|与本站立场|联系(本站|我们)删除",
        longest=260,
    ),
    _rule(
        "compile_intro",
        r"小编|(下面|以下)(是|为)(大家|你|您|我)|为(大家|您|你)(带来|整理|搜集|收集|精心|推荐|分享|准备)|供(大家|您|你)?参考|一起来看看吧|"
        r"希望(能)?对(你|您|大家)(有|的|能)|希望大家(可以|能够|能)?喜欢|欢迎(大家)?(阅读|参考|借鉴|下载|查看)|不妨来参考|写作可以弥补|范文怎么写",
        longest=420,
    ),
    _rule("preview_dup", r"^【?(摘要|内容摘要|简介|内容简介|预览)】?\s*:", longest=2000),
    # where the page stops short
    _rule(
        "truncation",
        r"试读(已)?结束|预览(已)?结束|未完[,,]|全文共?\s?\d+字|共\d+字[,,]|省略\d+字|隐藏\d+个?字|已省略|正式会员|仅(显示|展示)|开通(会员|vip)|"
        r"请登录后|下载(文档|原文|全文)(可见|查看|后)|免费获取全文|(点击|扫码)?(展开|查看|阅读)(剩余|余下)|查看全文|还有\d+%?.{0,6}(未读|内容)|"
        r"剩余.{0,8}(未读|未完|内容)|文章共\d+字|全部预览完|剩余内容",
        longest=140,
    ),
    _rule("truncation", r"^[\s.…·。]{3,}$", longest=400),
    _rule("truncation", r"^收藏《[^》]{2,60}(》\)?)?$", longest=80),
    # selling
    _rule(
        "ad",
        r"加(我)?微信|微信(号|公众号|搜索)|公众号|qq群|扣扣|代写|定制(代笔)?|联系(老师|客服|我们)|扫码|写作网|可搜索|查阅全文|vip会员|文秘代|代笔|"
        r"\U0001f449|\U0001f448|客服(热线|电话|微信)|优惠|秒杀|点击(这里|此处|链接)|app下载",
        longest=120,
    ),
    _rule("ad", rf"^[^。]{{0,24}}{_URL}[^。]{{0,24}}$", longest=90),
    _rule("spam", r"^([^|。]{2,12}\|\s*){4,}[^|。]{0,12}$", longest=4000),
    _rule("spam", r"^[^。,;:!?]*_[^。,;:!?]*_[^。,;:!?]*$", longest=400),
    _rule("spam", r"(国产|欧美|日韩|亚洲|无码|少妇|熟女|在线观看|免费观看|高清){2,}", longest=300),
    # what leads elsewhere
    _rule("related", r"^[\s\-•·【\[]*(上|下)一篇\s*[:】\]]?", longest=100),
    _rule("related", r"^(tags?|标签|关键字|tag标签|本文标签|文章标签|热词)\s*[::]", "tail", 100),
    _rule("related", r"^tag标签", longest=100),
)

# Words that only a page says of itself.
WEB = re.compile(
    r"小编|范文|本站|本网|转载|网友|文档|代写|代笔|查阅全文|加(我)?微信|\U0001f449|https?://|www\.|\d{6,}|[a-z]{3,}\d{3,}",
    re.IGNORECASE,
)

# From such a line on to the end of the file everything is the page's own.
ENDS_TEXT = re.compile(
    r"^[\s【\[]*(猜你(还)?(喜欢|感兴趣)|相关(推荐|文章|阅读|范文|热词|搜索|链接|内容|资料|文档|专题|信息)|热门(推荐|文章|阅读|标签|范文|资料)|"
    r"(为您|精彩|编辑|好文|小编|延伸|猜你)?(推荐|延伸)(阅读|文章|范文)|推荐$|最新(文章|推荐|范文)|更多(相关)?.{0,10}(文章|范文|内容|资料)|"
    r"随机推荐|本(类|栏|月|周)(热门|推荐|排行).*|大家(都)?在看|看了.{0,8}还看|用户评论|网友评论|发表评论|你可能(还)?(喜欢|感兴趣).*|"
    r"(阅读|点击)排行.*|友情链接)[\s】\]:]*$"
)

_SITES = (
    "(?:公务员|秘书|文秘|范文|公文|写作)之[家友]|"
    "[\u4e00-\u9fff]{1,4}(?:文秘|范文|公文|写作|作文|论文|文档|文库|秘书|材料)(?:网|之家|之友|大全|库|吧|中心)"
)

INLINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("css", re.compile(r"^.{0,40}@page\s*\{.*\}(?=\s*[^{}]*$)", re.DOTALL)),
    ("css", re.compile(r"(?:(?:^|(?<=\s))[\w.#,:\s-]{1,40}\{[^{}一-鿿]*(?:宋体|黑体|仿宋|楷体)?[^{}一-鿿]*\}\s*)+")),
    ("css", re.compile(r"^l>\s*|\[标签:标题\]\s*")),
    (
        "html",
        re.compile(
            r"</?(?:p|br|div|span|img|a|b|strong|em|i|u|font|table|tr|td|th|ul|ol|li|h[1-6]|o:p|hr|center|section)\b[^<>]{0,800}>",
            re.I,
        ),
    ),
    ("html", re.compile(r"&(?:nbsp|ensp|emsp|ldquo|rdquo|amp|lt|gt|middot|hellip|mdash|quot|#\d{2,5});")),
    (
        "ad",
        re.compile(
            r"[(（]\s*(?:https?://)?www\.[A-Za-z0-9_.-]+[A-Za-z0-9/]\s*[)）]|[(（]\s*https?://[A-Za-z0-9_./?=&%-]+\s*[)）]"
        ),
    ),
    (
        "ad",
        re.compile(
            rf"[\u4e00-\u9fff]{{2}}(?:之家|之友|文库|范文|文秘|公文)网?(?:—|-|–|_|\||·)+[\u4e00-\u9fff]{{2,10}}\s?{_URL}\s*",
            re.I,
        ),
    ),
    ("ad", re.compile(rf"(?:{_SITES})\s?{_URL}", re.I)),
    ("ad", re.compile(rf"(?<=[。！？!?”])\s*(?:{_SITES})(?=\s*$)")),
    ("ad", re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?=&%#_-]+[A-Za-z0-9/]")),
    (
        "ad",
        re.compile(r"[(（\[【]?(?:本文|文章|转载|更多)(?:来自|来源|请访问|内容)[^)）\]】。]{0,30}[)）\]】](?=\s*$)"),
    ),
    (
        "truncation",
        re.compile(
            r"[.…·\s]{0,40}[（(]?(?:未完[,，]?|[^（）()。，,]{0,30})(?:全文共?|省略|当前仅显示)\s?\d+\s?字[^（）()。]{0,60}(?:[）)。]|$)[.…）)]*$"
        ),
    ),
    ("page_frag", re.compile(r"^\d{1,2}(?=在[^。，]{4,40}(?:讲话|致辞|发言))")),
    (
        "pinyin",
        re.compile(
            r"[(（][\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\u23E9-\u23FF\uFE0F\u200D\u3030-\u303D\u3297\u3299]+\s?[)）]"
        ),
    ),
    ("page_frag", re.compile(r"\s*第\s?\d+\s?页\s*[/,，]?\s*共\s?\d+\s?页\s*|\s*[—–-]\s?\d{1,3}\s?[—–-](?=\s|$)")),
)
"""Stretches inside a line: what they are, and how they look. Only the stretch goes; the halves of a word meet again."""
