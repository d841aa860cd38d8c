"""The keys that the parser of the terminal's bytes makes of what arrives together."""

import pytest

from tui.driver import EscapeFirstParser


def keys_of(*reads: str) -> list[str]:
    """The keys that come of some reads, when no more follow."""
    parser = EscapeFirstParser()
    events = [event for read in (*reads, "") for event in parser.feed(read)]
    return [getattr(event, "key", type(event).__name__) for event in events]


@pytest.mark.parametrize(
    ("reads", "keys"),
    [
        (["\x1b\r"], ["escape", "enter"]),
        (["\x1b", "\r"], ["escape", "enter"]),
        (["\x1bo"], ["escape", "o"]),
        (["\x1b\t"], ["escape", "tab"]),
        (["\x1b1"], ["escape", "1"]),
        (["\x1b\x13"], ["escape", "ctrl+s"]),
        (["\x1b港"], ["escape", "港"]),
        (["\x1b\x1b"], ["escape", "escape"]),
        (["\x1b\x1b[A"], ["escape", "up"]),
        (["\x1b\ro"], ["escape", "enter", "o"]),
        (["\x1b["], ["escape", "left_square_bracket"]),
        (["\x1bO"], ["escape", "O"]),
    ],
)
def test_escape_and_another_key_that_arrive_together_are_two_keys(reads: list[str], keys: list[str]) -> None:
    assert keys_of(*reads) == keys


@pytest.mark.parametrize(
    ("read", "keys"),
    [
        ("\x1b[A", ["up"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[Z", ["shift+tab"]),
        ("\x1b[1;3D", ["alt+left"]),
        ("\x1bb\x1bf\x1b\x7f", ["ctrl+left", "ctrl+right", "ctrl+w"]),
        ("\x1b[27u\x1b[13u", ["escape", "enter"]),
        ("\x1b[200~ab\x1b[201~c", ["Paste", "c"]),
    ],
)
def test_sequences_of_other_keys_stay_one_key(read: str, keys: list[str]) -> None:
    assert keys_of(read) == keys
