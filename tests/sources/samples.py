"""Documents of the tests' own making, one in each way of numbering, with the oddities that official pages have."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.base.fingerprints import text_digest
from planner.base.texts import normal_form
from planner.domain.vocabulary import Numbering, SpanMatch
from planner.sources.cited import CitedDocument, CitedPassage, Named, clause_number
from planner.sources.placing import CopyComparison, find_citations
from planner.sources.text import NormalText


@dataclass(frozen=True)
class Sample:
    """A text, what stands under each of its numbers, and other words of it that are cited."""

    text: str
    numbering: Numbering
    clauses: Mapping[str, str]
    phrases: Sequence[str] = ()
    themes: Mapping[str, str] | None = None

    @property
    def document(self) -> CitedDocument:
        """The sample as a document of the register."""
        named = {**self.clauses} if self.themes is None else {**self.themes}
        places = {name: self._place(words) for name, words in named.items()}
        numbers = {place: clause_number(name) for name, place in places.items()}
        spans = sorted({*places.values(), *(self._place(words) for words in self.phrases)})
        ids = {span: number for number, span in enumerate(spans, 1)}
        names = tuple(Named(name, ids[place]) for name, place in places.items())
        return CitedDocument(
            id=1,
            key=self.numbering.value,
            sha256=text_digest(self.text),
            language="en",
            title="A sample",
            publisher="Harbour Town",
            address=None,
            numbering=self.numbering,
            citations=tuple(self._cited(ids[span], span, numbers.get(span)) for span in spans),
            clauses=names if self.themes is None else (),
            themes=names if self.themes is not None else (),
            measures=(),
        )

    def _place(self, words: str) -> tuple[int, int]:
        assert self.text.count(words) == 1, f"{words!r} stands {self.text.count(words)} times in the sample"
        start = self.text.index(words)
        return start, start + len(words)

    def _cited(self, number: int, span: tuple[int, int], printed: str | None) -> CitedPassage:
        words = self.text[slice(*span)]
        return CitedPassage(number, *span, text_digest(words), text_digest(normal_form(words)), printed)


ARABIC_DOT = Sample(
    text=(
        "Harbour Town\nMenu\nNews 12 Photos 3\n2019-05-04  |  \n\n"
        "I. The Harbour Office is an office of the town.\xa0\n\n"
        "II. It keeps to the rules of the council.  Main duties: \n\n"
        "1.\xa0Keeping the quays, and the lights on them, in good order.\xa0\n\n"
        "\xa02. Running the reading rooms; they open on 2. and 3. May,\nand close in winter.\n\n"
        "3.Counting the herring boats: about 12. The count is published.\n\n"
        "4. Ships in distress\n\nThe lifeboat goes out. Where article\n7. of the law applies, council is told.\n"
    ),
    numbering=Numbering.ARABIC_DOT,
    clauses={
        "duty-1": "Keeping the quays, and the lights on them, in good order.",
        "duty-2": "Running the reading rooms; they open on 2. and 3. May,\nand close in winter.",
        "duty-3": "Counting the herring boats: about 12. The count is published.",
        "duty-4": (
            "Ships in distress\n\nThe lifeboat goes out. Where article\n7. of the law applies, council is told."
        ),
    },
    phrases=["an office of the town", "the lights on them", "The count is published", "The lifeboat goes out"],
)

ROMAN_DOT = Sample(
    text=(
        "Of the Harbour Office.\r\n\r\n"
        "I.\xa0Keep the\xa0quays in good order.\r\n\r\n"
        "II. Run the reading rooms.\r\n\r\n"
        "III. Look after charts\r\n\r\n"
        "1.\xa0Collect old charts.\r\n\r\n"
        "2. Lend them to schools, as\r\nin former years.\r\n\r\n"
        "IV. Division of work with the archive\r\n\r\n"
        "The archive keeps the papers; the office keeps the charts.\r\n"
    ),
    numbering=Numbering.ROMAN_DOT,
    clauses={
        "duty-1": "Keep the\xa0quays in good order.",
        "duty-2": "Run the reading rooms.",
        "duty-3": "Look after charts",
        "duty-3.1": "Collect old charts.",
        "duty-3.2": "Lend them to schools, as\r\nin former years.",
        "duty-4": (
            "Division of work with the archive\r\n\r\nThe archive keeps the papers; the office keeps the charts."
        ),
    },
    phrases=["Of the Harbour Office", "Lend them to schools", "the office keeps the charts"],
)

ARABIC_DOT_PAREN = Sample(
    text=(
        "항구청은 이런 일을 한다.\n"
        "1. 부두와 등대를 돌본다.\n"
        "2. 열람실을 운영한다. 여름에는 (2)층도 연다.\n"
        "3. 지도.\n"
        "(1) 옛 지도를 모은다.\n"
        "(2) 학교에 지도를 빌려준다.\n"
        "4. 시민과 협력한다.\n"
    ),
    numbering=Numbering.ARABIC_DOT_PAREN,
    clauses={
        "duty-1": "부두와 등대를 돌본다.",
        "duty-2": "열람실을 운영한다. 여름에는 (2)층도 연다.",
        "duty-3": "지도.",
        "duty-3.1": "옛 지도를 모은다.",
        "duty-3.2": "학교에 지도를 빌려준다.",
        "duty-4": "시민과 협력한다.",
    },
    phrases=["이런 일을 한다", "등대를 돌본다", "빌려준다"],
)

PAREN_DOT = Sample(
    text=(
        "مهام مكتب المرفأ:\n\n"
        "(1) العناية بالأرصفة ومنارات المرفأ.\n\n"
        "\xa0(2)\xa0إدارة قاعات القراءة في البلدة.\n\n"
        "(3) خرائط البلدة\n\n"
        "1.\xa0جمع الخرائط القديمة.\xa0\n\n"
        "2.إعارتها للمدارس.\n\n"
        " 3. نشر فهرس لها.\n\n"
        "(4)  التعاون مع المحفوظات."
    ),
    numbering=Numbering.PAREN_DOT,
    clauses={
        "duty-1": "العناية بالأرصفة ومنارات المرفأ.",
        "duty-2": "إدارة قاعات القراءة في البلدة.",
        "duty-3": "خرائط البلدة",
        "duty-3.1": "جمع الخرائط القديمة.",
        "duty-3.2": "إعارتها للمدارس.",
        "duty-3.3": "نشر فهرس لها.",
        "duty-4": "التعاون مع المحفوظات.",
    },
    phrases=["مهام مكتب المرفأ", "ومنارات المرفأ", "للمدارس"],
)

CIRCLED_THEMES = Sample(
    text=(
        "# 항구 소식\n\n- ◆ 2020년 계획을 발표하였다.\n\n"
        "### ① 부두를 고친다.\n\n북쪽 부두를 먼저 수리하고 남쪽도\n\n살핀다. 비용을 알린다.\n\n"
        "### ② 열람실을 연다.\n\n새 책을 들인다.\n\n\n\n"
        "**③ 지도를 모은다.**\n\n옛 지도를 학교에 빌려준다.\n\n"
        '또한, 서로 협력한다.\n\n<ul style="x"> <li>▪ 출처</li> </ul>\n'
    ),
    numbering=Numbering.CIRCLED_THEMES,
    clauses={
        "theme-1": "부두를 고친다.\n\n북쪽 부두를 먼저 수리하고 남쪽도\n\n살핀다. 비용을 알린다.",
        "theme-2": "열람실을 연다.\n\n새 책을 들인다.",
        "theme-3": (
            "지도를 모은다.**\n\n옛 지도를 학교에 빌려준다.\n\n"
            '또한, 서로 협력한다.\n\n<ul style="x"> <li>▪ 출처</li> </ul>'
        ),
    },
    themes={"theme-1": "부두를 고친다", "theme-2": "열람실을 연다", "theme-3": "지도를 모은다"},
    phrases=["계획을 발표하였다", "북쪽 부두를 먼저 수리하고", "살핀다", "새 책을 들인다", "서로 협력한다"],
)

SAMPLES = {
    sample.numbering.value: sample for sample in (ARABIC_DOT, ROMAN_DOT, ARABIC_DOT_PAREN, PAREN_DOT, CIRCLED_THEMES)
}


def resaved(text: str) -> str:
    """A copy as another program saves it: other line ends, no-break spaces, the chrome of a page around it."""
    spaced = text.replace("\r\n", "\n").replace(" ", "\xa0")
    return "Home | Search\n\n" + spaced.replace("\n", "\r\n") + "\r\n\r\nPrint this page\r\n© Harbour Town 2020\r\n"


def web_page(text: str) -> str:
    """A copy as a browser saves a page."""
    lines = "\n".join(f"  <p>\n {html.escape(line)}</p>" for line in text.splitlines())
    return (
        '<!DOCTYPE html>\n<html><head><title>1. A page</title><style>p::before { content: "9." }</style></head>\n'
        f"<body><nav>Home<br>Search</nav><script>const x = '<p>1. no</p>';</script>\n{lines}\n</body></html>"
    )


def read(sample: Sample, text: str) -> CopyComparison:
    """A copy compared with the sample it is of."""
    return find_citations(NormalText(text), sample.document, identical=text == sample.text)


def matches(sample: Sample, reading: CopyComparison) -> dict[str, SpanMatch]:
    """How each citation was found, by what it quotes."""
    return {sample.text[one.citation.start : one.citation.end]: one.match for one in reading.placed}


def words_at(text: str, reading: CopyComparison) -> dict[str, str | None]:
    """What the copy says where each numbered passage was placed, by its number."""
    return {
        one.citation.number: text[one.start : one.end] if one.start is not None else None
        for one in reading.placed
        if one.citation.number is not None
    }
