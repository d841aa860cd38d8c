"""The form in which headings, names of sheets and short words are compared."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

# Remarks in brackets, such as (单位：万元), which do not change what a heading means.
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|「[^「」]*」|<[^<>]*>")
# A longer text is neither a heading nor a word of a vocabulary.
_LONGEST = 200
_NUMBER_BEFORE = re.compile(r"^\d+(?=\D)")
_YEAR = r"(?:19|20|21)\d\d"
# A day, a month, a quarter or a year, which change in the headings of a monthly file: 9月进展情况, Progress in May.
_PERIOD = re.compile(
    rf"{_YEAR}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?(?!\d)|\d{{1,2}}\.\d{{1,2}}\.(?:{_YEAR})?|{_YEAR} ?[年년][度도]?|"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?[月월]份?(?: ?\d{1,2} ?[日号號일])?[底末말]?|"
    r"第?[1-4一二三四] ?(?:季度?|四半期|분기)[底末말]?|[上下]半年|[상하]반기|\bq[1-4]\b|"
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|"
    r"juni|july?|juli|aug(?:ust)?|sep(?:t|tember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b\.?"
    r"(?: \d{1,2}\b)?,?|"
    rf"\b{_YEAR}\b"
)
# Traditional characters of headings, as simplified ones. Only for comparing: nothing is stored in this form.
_SIMPLIFIED = str.maketrans(
    "務內單責協辦領導時間節點來進實況題備註編號項類別標機關組織權達數總計開問風險級階狀態執處負聯職稱簡說詳細據檢驗當參與專業產範圍劃應屬長見議門報證財給結構過轉運動農環設園區質發現場體"
    "學會員資訊種賬帳戶錄牽頭難續後準評預紅綠燈縮寫調條測監啟舉對連選終層歸術獻療養衛歲減徵畫佈決統籌審擬週優費額電話絡際縣鄉鎮創滯",
    "务内单责协办领导时间节点来进实况题备注编号项类别标机关组织权达数总计开问风险级阶状态执处负联职称简说详细据检验当参与专业产范围划应属长见议门报证财给结构过转运动农环设园区质发现场体"
    "学会员资讯种账账户录牵头难续后准评预红绿灯缩写调条测监启举对连选终层归术献疗养卫岁减征划布决统筹审拟周优费额电话络际县乡镇创滞",
)

# Arabic letters that people write with or without their marks.
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ئ": "ي", "ؤ": "و", "ـ": None})


def heading_key(text: str) -> str:
    """Return the letters and digits by which a heading is compared.

    Case, blanks, line ends, remarks in brackets and leading numbers do not count, and traditional characters become
    simplified ones.
    """
    return _key(text) if len(text) <= _LONGEST else text


def shape_keys(headings: Sequence[str]) -> list[str]:
    """Return the keys by which the headings of a table are compared with those of the next file of its form.

    Days, months, quarters and years do not count in them, unless they are all that tells two headings apart.
    """
    bare = [heading_key(_PERIOD.sub("", unicodedata.normalize("NFKC", text).casefold())) for text in headings]
    counts = Counter(bare)
    return [key if key and counts[key] == 1 else heading_key(text) for key, text in zip(bare, headings, strict=True)]


def simplified(text: str) -> str:
    """Return a text with the traditional characters that headings have as simplified ones."""
    return text.translate(_SIMPLIFIED)


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = plain
    for _ in range(3):
        bare = _REMARK.sub("", bare)
    return _letters(bare) or _letters(plain) or "".join(plain.split())


def _letters(text: str) -> str:
    letters = "".join(character for character in text if character.isalnum() or character in "#%")
    spelled = simplified(letters).translate(_ARABIC).replace("organiz", "organis").replace("programme", "program")
    return _NUMBER_BEFORE.sub("", spelled)
