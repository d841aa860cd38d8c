"""Reading JSON documents entry by entry gives what reading them as a whole does."""

import io
import json

import pytest

from planner.intake.files import json_lists
from planner.intake.files.json_lists import BrokenJsonError, JsonLists


def read(content: bytes) -> dict[str, object]:
    """The document, with its lists as lists."""
    fields = JsonLists(io.BytesIO(content)).fields()
    return {name: list(value) if hasattr(value, "__next__") else value for name, value in fields}


@pytest.mark.parametrize("piece", [4, 7, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_size_of_the_pieces_does_not_matter(piece, encoding, monkeypatch):
    monkeypatch.setattr(json_lists, "_PIECE", piece)
    items = [{"t": '修路 "\\ 🙂', "w": -12.5e3}, 12, None]
    document = {"format": "a", "plan": {"n": 12, "x": [1, {}]}, "items": items, "no": []}
    for indent in (None, 1):
        assert read(json.dumps(document, ensure_ascii=False, indent=indent).encode(encoding)) == document
    assert read(b"{}") == {}


@pytest.mark.parametrize(
    "text", ["", "[", "{", '{"a"', '{"a":', '{"a":[1', '{"a":[1 2]}', '{"a":[1,]}', '{"a":1}}', '{"a":"b', "[1]"]
)
def test_what_is_no_document_is_an_error(text):
    with pytest.raises(BrokenJsonError, match=r"missing|Expecting|Unterminated|follows"):
        read(text.encode())


@pytest.mark.parametrize("piece", [4, 1 << 20])
def test_each_entry_has_the_line_in_which_it_begins(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lists, "_PIECE", piece)
    lists = JsonLists(io.BytesIO(b'{"a": 1,\n"b":\n\n[\n{"x":\n1}, 2,\n\n3]}'))
    lines = []
    for _, value in lists.fields():
        lines.append(lists.line)
        lines += [lists.line for _ in value] if hasattr(value, "__next__") else []
    assert lines == [1, 4, 5, 6, 8]


WHOLE = '{"a": [\n{"b": "水\\u6c34", "c": -1.5, "d": null},\n{"e": true}\n]}'


@pytest.mark.parametrize("piece", [4, 1 << 20])
def test_a_text_that_was_cut_off_anywhere_is_known_as_such(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lists, "_PIECE", piece)
    content = WHOLE.encode()
    for end in range(7, len(content)):
        with pytest.raises(BrokenJsonError) as error:
            read(content[:end])
        lines = {1 + content[:end].count(b"\n"), 1 + content[:end].rstrip().count(b"\n")}
        assert error.value.is_cut, content[:end]
        assert error.value.line in lines


@pytest.mark.parametrize(("old", "new"), [(", ", ",, "), ('"e"', "e"), ("},", "}"), ("]}", "]}}"), ("null", "nil")])
def test_a_slip_is_told_from_a_text_that_was_cut_off(old: str, new: str) -> None:
    with pytest.raises(BrokenJsonError) as error:
        read(WHOLE.replace(old, new, 1).encode())
    assert not error.value.is_cut
