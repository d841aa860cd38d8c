"""Long lines on a terminal: folded between words, and whole in a pipe."""

import io

from rich.text import Text

from planner.cli.visible_console import VisibleConsole

LINES = (
    "  en: a restatement of the same duty",
    "    │ 중관춘 과학시티 (Zhongguancun) and others",
    "  - English: new:duty-2, or else so",
    "",
)


def printed(*, terminal: bool) -> list[str]:
    out = io.StringIO()
    console = VisibleConsole(file=out, width=28, force_terminal=terminal, no_color=True, color_system=None)
    console.print_lines(Text("P-001  Quays"), LINES)
    return out.getvalue().splitlines()


def test_a_terminal_gets_lines_folded_between_words_and_indented_like_the_line():
    assert printed(terminal=True) == [
        "P-001  Quays",
        "  en: a restatement of the",
        "    same duty",
        "    │ 중관춘 과학시티",
        "    │ (Zhongguancun) and",
        "    │ others",
        "  - English: new:duty-2, or",
        "    else so",
        "",
    ]


def test_a_pipe_gets_each_line_whole():
    assert printed(terminal=False) == ["P-001  Quays", *LINES]
