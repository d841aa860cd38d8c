"""Sentences that people see: in English as written, and in a made-up language that shows what cannot be translated."""

import ast
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.language import (
    ENGLISH,
    LANGUAGE_VARIABLE,
    PSEUDO,
    in_english,
    language,
    later,
    tr,
    tr_count,
    tr_later,
)
from planner.base.pseudo_language import pseudo

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, PSEUDO)


@pytest.mark.parametrize("named", ["", "en", "klingon"])
def test_english_is_the_default(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, named)
    assert (language(), tr("Nothing was saved")) == (ENGLISH, "Nothing was saved")


def test_values_take_the_places_of_their_names() -> None:
    assert tr("no theme {number} in {plan}", number=9, plan="{number}") == "no theme 9 in {number}"
    # Without values a message is taken as it is.
    assert tr("a set is written {a, b}") == "a set is written {a, b}"


def test_a_count_chooses_the_form() -> None:
    told = [tr_count("{count} item of {plan}", "{count} items of {plan}", count, plan="2020") for count in (0, 1, 2)]
    assert told == ["0 items of 2020", "1 item of 2020", "2 items of 2020"]


@pytest.mark.usefixtures("pseudo_language")
def test_another_language_is_used_where_the_environment_names_it() -> None:
    assert tr("Save {code}", code="T-001").startswith("[Såvé T-001")
    assert tr_count("{count} item", "{count} items", 2).startswith("[2 îtémš")


@pytest.mark.usefixtures("pseudo_language")
def test_a_marked_message_is_translated_when_it_is_shown() -> None:
    label = later("Overdue")
    assert label == "Overdue"
    assert tr_later(label).startswith("[Övérdûé")
    assert tr_later("") == ""


@pytest.mark.usefixtures("pseudo_language")
def test_files_are_written_in_english() -> None:
    with in_english():
        assert (language(), tr("Overdue"), tr_later("Overdue")) == (ENGLISH, "Overdue", "Overdue")
    assert language() == PSEUDO


@given(st.text(string.ascii_letters + " {}", min_size=1))
def test_the_made_up_language_keeps_places_and_is_longer(words: str) -> None:
    message = words.replace("{", "").replace("}", "") + " {name}"
    made = pseudo(message)
    assert made.count("{name}") == 1
    assert len(made) >= len(message) * 1.4
    assert made.format(name="x").endswith("]")


def _calls() -> list[tuple[str, ast.Call]]:
    """All calls of tr and tr_count, with the file and line of each."""
    found = []
    for file in (path for folder in ("planner", "tui") for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("tr", "tr_count", "later")
            ):
                found.append((f"{file.relative_to(ROOT)}:{node.lineno}", node))
    return found


def test_every_message_is_a_literal_and_its_places_are_its_values() -> None:
    """Else a message could not be extracted, or a translator could not see what a place holds."""
    wrong = []
    for place, call in _calls():
        count = call.func.id == "tr_count" if isinstance(call.func, ast.Name) else False
        messages = call.args[: 2 if count else 1]
        texts = [message.value for message in messages if isinstance(message, ast.Constant)]
        given_values = {keyword.arg for keyword in call.keywords} | ({"count"} if count else set())
        if len(texts) < len(messages) or not all(isinstance(text, str) for text in texts):
            wrong.append(f"{place}: not a literal")
        elif given_values - {"count"} or count:
            parsed = (field for text in texts for field in string.Formatter().parse(str(text)))
            places = {name for _, name, _, _ in parsed if name is not None}
            if not places <= given_values or given_values - places - {"count"}:
                wrong.append(f"{place}: places {sorted(places)}, values {sorted(map(str, given_values))}")
        elif len(call.args) > 1:
            wrong.append(f"{place}: values are named")
    assert wrong == []


def _when_imported(tree: ast.AST) -> list[ast.Call]:
    """The calls of a module that run when it is imported: those outside functions and lambdas."""
    found: list[ast.Call] = [tree] if isinstance(tree, ast.Call) else []
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            found += _when_imported(node)
    return found


def test_no_message_is_translated_when_its_module_is_imported() -> None:
    """The language may be set after that. Such a message is marked with `later`."""
    early = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for folder in ("planner", "tui")
        for file in (ROOT / folder).rglob("*.py")
        for call in _when_imported(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call.func, ast.Name) and call.func.id in ("tr", "tr_count", "tr_later")
    ]
    assert early == []
