"""Readings that scraped pages put behind characters: how to tell them, and which characters carry them."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["ANNOTATION", "READING", "annotated", "is_reading"]

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜêńňǹḿ"
READING = f"[a-zü{_TONED}]{{1,7}}"
"""One syllable as it stands in the brackets."""

ANNOTATION = re.compile(rf"[(（]({READING})\s?[)）]")

_TONE = re.compile(f"[{_TONED}]")
_INITIALS = [
    "b",
    "p",
    "m",
    "f",
    "d",
    "t",
    "n",
    "l",
    "g",
    "k",
    "h",
    "j",
    "q",
    "x",
    "zh",
    "ch",
    "sh",
    "r",
    "z",
    "c",
    "s",
    "y",
    "w",
]
_FINALS = [
    "a",
    "o",
    "e",
    "i",
    "u",
    "v",
    "ai",
    "ei",
    "ui",
    "ao",
    "ou",
    "iu",
    "ie",
    "ue",
    "ve",
    "er",
    "an",
    "en",
    "in",
    "un",
    "ang",
    "eng",
    "ing",
    "ong",
    "ia",
    "iao",
    "ian",
    "iang",
    "iong",
    "ua",
    "uo",
    "uai",
    "uan",
    "uang",
]

# The characters that the pages annotate are always nearly the same: traditional forms whose two bytes in
# GBK also occur across the border of two other characters. Facts of spelling, gathered over eleven pages.
_TABLE = (
    "發fā 結jié 續xù 經jīng 戰zhàn 領lǐng 協xié 態tài 關guān 調diào 農nóng 導dǎo 節jié 紀jì 優yōu 鎮zhèn 區qū 統tǒng "
    "業yè 務wù 聯lián 產chǎn 進jìn 現xiàn 獻xiàn 濟jì 鄉xiāng 負fù 責zé 報bào 達dá 運yùn 內nèi 實shí 費fèi 術shù "
    "創chuàng 訓xùn 項xiàng 點diǎn 認rèn 學xué 習xí 會huì 來lái 權quán 擴kuò 強qiáng 臺tái 級jí 護hù 獨dú 開kāi 設shè "
    "準zhǔn 問wèn 個gè 對duì 動dòng 識shí 規guī 營yíng 過guò 網wǎng 穩wěn 機jī 風fēng 堅jiān 監jiān 見jiàn 執zhí "
    "應yīng 數shù 復fù 礎chǔ 構gòu 據jù 轉zhuǎn 當dāng 嚴yán 質zhì 養yǎng 絡luò 醫yī 長zhǎng 時shí 間jiān 為wéi "
    "話huà 設shè 體tǐ 傳chuán 員yuán 單dān 職zhí 難nán 電diàn 無wú 題tí 標biāo 據jù 條tiáo 類lèi 驗yàn 總zǒng "
    "連lián 視shì 論lùn 評píng 選xuǎn 環huán 圍wéi 號hào 團tuán 廣guǎng 億yì 萬wàn 貫guàn 變biàn 壓yā 獎jiǎng 狀zhuàng "
    "確què 縣xiàn 額é 專zhuān 競jìng 爭zhēng 線xiàn 織zhī 維wéi 擔dān 養yǎng 貢gòng 險xiǎn 預yù 補bǔ 幫bāng 撥bō "
    "拓tuò 取qǔ 業yè 誤wù 遠yuǎn 麗lì 蓮lián 圖tú 藥yào 階jiē 層céng 別bié 測cè 練liàn 儀yí 價jià 範fàn"
)


@cache
def annotated() -> dict[str, frozenset[str]]:
    """From a reading to the characters that pages annotate with it."""
    table: dict[str, set[str]] = {}
    for entry in _TABLE.split():
        table.setdefault(entry[1:], set()).add(entry[0])
    return {reading: frozenset(characters) for reading, characters in table.items()}


@cache
def _syllables() -> frozenset[str]:
    return frozenset(start + end for start in ("", *_INITIALS) for end in _FINALS)


def is_reading(text: str) -> bool:
    """A reading has a tone mark or is a syllable: (fā), (fa), but not (x), (ilo) or (cnc)."""
    return bool(_TONE.search(text)) or (len(text) > 1 and text in _syllables())
