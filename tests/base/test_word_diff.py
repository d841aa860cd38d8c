"""What of a text was reworded."""

from hypothesis import given
from hypothesis import strategies as st

from planner.base.word_diff import MOST_WORDS, Piece, PieceKind, reworded

texts = st.text(alphabet="ab 科学、.\n", max_size=30)


def side(pieces: tuple[Piece, ...], left_out: PieceKind) -> str:
    return "".join(piece.text for piece in pieces if piece.fate is not left_out)


@given(texts, texts)
def test_the_pieces_are_the_two_texts(before: str, after: str) -> None:
    pieces = reworded(before, after)
    assert (side(pieces, PieceKind.CAME), side(pieces, PieceKind.WENT)) == (before, after)
    assert all(piece.text for piece in pieces)
    assert all(piece.fate is PieceKind.STAYED for piece in pieces) == (before == after)


def test_whole_words_go_and_come_and_chinese_characters_one_by_one() -> None:
    assert reworded("Keeps the quays dry.", "Keeps all quays dry.") == (
        Piece(PieceKind.STAYED, "Keeps "),
        Piece(PieceKind.WENT, "the"),
        Piece(PieceKind.CAME, "all"),
        Piece(PieceKind.STAYED, " quays dry."),
    )
    assert [piece.text for piece in reworded("科学技术", "科学创新技术")] == ["科学", "创新", "技术"]
    assert [piece.text for piece in reworded("부두를 수리", "부두를 보수")] == ["부두를 ", "수리", "보수"]


def test_very_long_texts_are_not_compared() -> None:
    long = "word " * MOST_WORDS
    assert reworded(long, f"{long}more") == (Piece(PieceKind.WENT, long), Piece(PieceKind.CAME, f"{long}more"))
