"""A terminal in which a person types answers, and the files that the person imports."""

import io
from pathlib import Path

import pytest


class Terminal(io.StringIO):
    """Answers that a person types in a terminal."""

    def isatty(self) -> bool:
        """Whether a person types."""
        return True


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Let a person type these lines. The input ends after them."""
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))


def written(folder: Path, text: str, name: str = "office.csv") -> Path:
    """Write a file to import, and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
