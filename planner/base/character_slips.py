"""Whether a name in Chinese, Japanese or Korean characters is another one with one wrong character."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from planner.base.slips import TELLING, differing, is_one_slip
from planner.base.texts import same_words

# In a shorter name, another character mostly makes another name.
_SHORTEST = 3
# What stands behind the subject of a body.
_BEHIND = "委员会 委員會 管理局 监督局 監督局 中心 局 委 厅 廳 办 辦 处 處 科 署 部 課 室 係"
_FORMS = tuple(_BEHIND.split())
# The usual subjects of bodies of a government. They often differ in one character, and none is a slip of another.
_SUBJECTS = (
    "教育 体育 體育 财政 財政 民政 民族 民宗 民防 民生 人事 人社 人防 交通 交警 公安 公路 公交 "
    "国资 國資 国土 國土 水利 水务 水務 水文 气象 氣象 卫生 衛生 卫健 衛健 医保 醫保 生态 生態 "
    "环保 環保 环卫 環衛 环境 環境 文化 文旅 文物 文广 旅游 旅遊 农业 農業 农林 林业 林業 渔业 "
    "漁業 商业 商務 商务 税务 稅務 法务 政务 政務 外事 外办 外贸 外貿 审计 審計 统计 統計 司法 "
    "执法 執法 科技 科协 科学 经信 經信 经贸 經貿 工信 工商 工业 發改 发改 規劃 规划 规自 自然 "
    "住建 城建 城管 市政 园林 園林 能源 粮食 糧食 粮储 应急 應急 消防 海事 海关 海洋 港务 港務 "
    "航务 铁路 鐵路 邮政 郵政 金融 信访 信訪 档案 檔案 药监 市监 质监 勞動 劳动 社保 社会 地政 "
    "都發 道路 街路 保育 高齢 障害 健康 福祉 防災 危機 観光 産業 農政 土木 建築 建设 建設 下水 "
    "上水 水道 河川 公園 緑地 総務 財務 税務 企画 政策 情報 広報 市民 生活"
)
_USUAL = frozenset(_SUBJECTS.split())


class CharacterSlips:
    """Finds the known names of which a new one can be a slip in one character: missing, added, changed or exchanged.

    Characters that tell names apart, the last one, and subjects that governments usually have are no slips. Of Korean
    syllables, only one letter may differ: 교육쳥 is a slip of 교육청, and 교통과 is not one of 교육과.
    """

    # docs/decisions/0142: what is asked, and what is not.
    def __init__(self) -> None:
        # The names without one of their characters. Two names that differ by one character have such a text in common.
        self._shortened: dict[str, dict[str, None]] = defaultdict(dict)

    def add(self, name: str) -> None:
        """Add a known name."""
        for text in _shortened(same_words(name)):
            self._shortened[text][name] = None

    def find(self, name: str) -> list[str]:
        """Return the names of which a name that is not known can be a slip, each once."""
        words = same_words(name)
        found = dict.fromkeys(one for text in _shortened(words) for one in self._shortened.get(text, ()))
        return [one for one in found if _is_slip(words, same_words(one))]


def _is_written_in_characters(words: str) -> bool:
    return len(words) >= _SHORTEST and words.isalpha() and all(character >= "\u1100" for character in words)


def _shortened(words: str) -> Iterator[str]:
    """Yield a name as it is, and without each of its characters."""
    if _is_written_in_characters(words):
        yield words
        for at in range(len(words)):
            yield words[:at] + words[at + 1 :]


def _is_slip(one: str, other: str) -> bool:
    left, right = differing(one, other)
    if not is_one_slip(left, right) or not TELLING.isdisjoint(left + right):
        return False
    if left and right and all(map(_is_syllable, left + right)):
        return is_one_slip(*differing(unicodedata.normalize("NFD", left), unicodedata.normalize("NFD", right)))
    if one[-1] != other[-1] or any(map(_is_syllable, left + right)):
        return False
    return not _has_usual_subject(one, other)


def _is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


def _has_usual_subject(one: str, other: str) -> bool:
    """Return whether a body has a usual subject, and another one only has another subject: 市体育局 and 市教育局."""
    form = next((form for form in _FORMS if one.endswith(form)), "")
    before = len(one) - len(form) - 2
    return before >= 0 and one[before : before + 2] in _USUAL and one[:before] == other[:before]
