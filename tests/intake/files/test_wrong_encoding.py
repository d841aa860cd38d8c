"""Texts in UTF-8 that a spreadsheet opened in another encoding and saved again are refused."""

import re
from pathlib import Path

import openpyxl
import pytest

from planner.base.errors import ImportFileError
from planner.intake.files.texts.wrong_encoding import require_right_encoding
from planner.intake.sheets import Row, Sheet
from tests.intake.files.makers import read, values
from tests.intake.files.test_encodings import CASES

CHINESE = "编号,任务,牵头单位\nT-001,修建市民公园,工程处\nT-002,整治河道,水务局\n"
KOREAN = "번호,과제,주관부서\nT-001,하천 정비,도로과\nT-002,공원 조성,공원녹지과\n"
JAPANESE = "番号,実施項目,担当課\nT-001,道路の整備,道路課\nT-002,公園の整備,公園緑地課\n"
FRENCH = "Code,Tâche,Échéance\nT-001,Aménager les quais,30 juin\nT-002,Réparer l'école,été\n"


def opened_in(text: str, encoding: str) -> str:
    """A text as a program shows it that takes its UTF-8 for another encoding. Windows has a character for each byte."""
    content = text.encode()
    if encoding == "cp1252":
        return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in content)
    return content.decode(encoding, "replace")


@pytest.mark.parametrize(
    ("text", "encoding", "was"),
    [
        (CHINESE, "cp1252", "任务"),
        ("\ufeff" + CHINESE, "cp1252", "任务"),
        (CHINESE, "mac_roman", "编号"),
        (CHINESE, "gb18030", "编号"),
        (KOREAN, "cp949", ""),
        (JAPANESE, "cp932", ""),
        (FRENCH, "cp1252", "Tâche"),
        (FRENCH, "mac_roman", "Tâche"),
    ],
)
def test_a_file_that_was_saved_after_that_is_refused(tmp_path: Path, text: str, encoding: str, was: str) -> None:
    path = tmp_path / "items.csv"
    path.write_text(opened_in(text, encoding), encoding="utf-8")

    with pytest.raises(ImportFileError, match=f"wrong encoding.*' was '{was}"):
        read(path)


def test_a_byte_order_mark_that_became_letters_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(opened_in("\ufeffCode,Title\nT-001,Mend all quays\n", "cp1252"), encoding="utf-8")

    with pytest.raises(ImportFileError, match="'ï»¿Code' was 'Code'"):
        read(path)


def test_a_workbook_of_such_texts_is_refused_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Items")
    for line in opened_in(CHINESE, "cp1252").splitlines():
        sheet.append(line.split(","))
    book.save(tmp_path / "items.xlsx")

    with pytest.raises(ImportFileError, match="wrong encoding"):
        read(tmp_path / "items.xlsx")


@pytest.mark.parametrize("text", [*(text for _, text in CASES), CHINESE, FRENCH, "Größe «Ø 25 µm» ×·½", "IRMÃ…,MAÇÃ”"])
def test_texts_in_their_own_encoding_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "items.csv"
    path.write_text(text, encoding="utf-8-sig")

    assert values(path)


OFFICES = ("港务局", "進行中", "日本", "水务局", "도로과", "공원", "道路課", "Дорога", "Порт", "ميناء", "طرق", "Λιμάνι")
NAMES_OF_COLUMNS = Path(__file__).parents[3] / "planner/intake/layout/names.yaml"


@pytest.mark.parametrize("word", ["进行中", "港务局", "日本"])
def test_a_word_that_stands_in_many_rows_counts_once(tmp_path: Path, word: str) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "Code,Title,Status\n" + "".join(f"T-{n},Mend quay {n},{word}\n" for n in range(9)), encoding="utf-8"
    )

    assert values(path)[1][2] == word


def test_words_of_many_languages_are_read_alone_and_in_threes(tmp_path: Path) -> None:
    names = NAMES_OF_COLUMNS.read_text(encoding="utf-8")
    words = [*dict.fromkeys(word for word in re.findall(r"\w+", names) if not word.isascii()), *OFFICES]
    for places in (words[at : at + 3] for at in range(len(words))):
        for some in (places, places[:1] * 3):
            require_right_encoding([Sheet("f", "s", [Row(n, ("T", word)) for n, word in enumerate(some, 1)])], "f")


def test_a_named_encoding_says_that_the_texts_are_right(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(opened_in(CHINESE, "cp1252"), encoding="utf-8")

    assert read(path, "utf-8").sheets
