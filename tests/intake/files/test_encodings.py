"""A text file is read in its own encoding, or the person is asked."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.base.errors import BadValueError, ImportFileError
from tests.effort import EFFORT
from tests.intake.files.makers import read, values

CHINESE = ["任务", "序号", "修路", "交通局", "2020年6月底前", "一、经济发展", "第39项 完成情况", "青岚市,张伟,李娜"]
TRADITIONAL = ["任務", "辦理情形", "第三季", "項次,工作項目,主辦單位", "污水處理廠擴建工程"]
KOREAN = ["과제", "번호", "추진일정", "하천 정비", "과제명,주관부서,협조부서"]
JAPANESE = ["担当課", "期限", "アイウ", "令和2年6月", "道路の整備", "実施項目,担当課,期限"]
WESTERN = ["Größe;Straße", "Zürich", "« Objectif »", "numéro;tâche;échéance", "ÉTÉ"]
OF_LANGUAGE = {
    "gb18030": CHINESE,
    "big5": TRADITIONAL,
    "euc-kr": KOREAN,
    "shift_jis": JAPANESE,
    "cp1252": WESTERN,
}
CASES = [(encoding, text) for encoding, texts in OF_LANGUAGE.items() for text in texts]


@pytest.mark.parametrize(("encoding", "text"), CASES)
def test_a_short_text_is_read_in_the_encoding_of_its_language(tmp_path: Path, encoding: str, text: str) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(f"{text}\n".encode(encoding))
    found = ",".join(str(value) for row in values(file) for value in row)
    assert found.replace(";", ",") == text.replace(";", ",")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-sig"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "plan.csv"
    text = "序号,任务\r\n1,修路\r\n"
    content = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-sig" else text.encode(encoding)
    file.write_bytes(content)
    assert values(file) == [("序号", "任务"), ("1", "修路")]
    assert read(file).problems == []


def test_the_encoding_that_was_found_is_told_unless_it_is_unicode(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes("序号,任务\n".encode("gbk"))
    assert [problem.what for problem in read(file).problems] == ["the text was read as GB18030"]


def test_two_equally_plausible_encodings_are_asked_about(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    # The bytes of one rare character, which are one character in the other encodings as well.
    file.write_bytes("가".encode("euc-kr") + "阿".encode("gbk"))
    with pytest.raises(ImportFileError, match="the encoding of this text is unclear") as raised:
        read(file)
    assert raised.value.by_field == "encoding"
    assert values_in(file, "gbk") == "啊阿"


def values_in(file: Path, encoding: str) -> str:
    (sheet,) = read(file, encoding).sheets
    return str(sheet.rows[0].values[0])


def test_a_few_letters_that_happen_to_be_utf_8_are_asked_about(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes("一".encode("gbk"))  # also U+04BB in UTF-8
    with pytest.raises(ImportFileError, match="UTF-8 and GB18030"):
        read(file)


def test_an_encoding_that_is_none_of_the_known_ones_is_asked_about(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes("Дорога;Срок\nМост;июнь\n".encode("koi8-r"))
    with pytest.raises(ImportFileError, match="not known: it is not UTF-8 \\(byte 1\\)"):
        read(file)
    (sheet,) = read(file, "koi8-r").sheets
    assert sheet.rows[0].values == ("Дорога", "Срок")


@pytest.mark.parametrize("name", ["no-such", "base64", ""])
def test_a_name_that_is_no_encoding_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("a,b\n")
    with pytest.raises(BadValueError, match="there is no encoding"):
        read(file, name)


def test_bytes_that_are_not_in_the_named_encoding_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes("任务,期限\n".encode("gbk"))
    with pytest.raises(ImportFileError, match="this is not text in UTF-8"):
        read(file, "utf-8")


CELLS = {
    "utf-8": st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8),
    "utf-16": st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8),
    "gb18030": st.text("序号任务修建道路桥梁水厂个人，。1a", min_size=1, max_size=8),
    "big5": st.text("項次任務興建道路橋樑水廠，。1a", min_size=1, max_size=8),
    "euc-kr": st.text("과제명도로하천정비교통학교1a", min_size=1, max_size=8),
    "shift_jis": st.text("事業名の道路を整備する、。ア1a", min_size=1, max_size=8),
    "cp1252": st.text("aäbéßoü1", min_size=1, max_size=8),
}


@settings(max_examples=8 * EFFORT, deadline=None)
@given(st.data())
@pytest.mark.parametrize("encoding", CELLS)
def test_any_table_of_texts_reads_back(
    tmp_path_factory: pytest.TempPathFactory, encoding: str, data: st.DataObject
) -> None:
    import csv
    import io
    import unicodedata

    rows = data.draw(st.lists(st.tuples(CELLS[encoding], CELLS[encoding], CELLS[encoding]), min_size=1, max_size=5))
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    file = tmp_path_factory.mktemp("table") / "plan.csv"
    file.write_bytes(text.getvalue().encode(encoding))
    (sheet,) = read(file, encoding, ",").sheets
    normal = [tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in rows]
    assert [row.values for row in sheet.rows] == normal
