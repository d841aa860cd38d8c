"""Sentences that people see: in English as written, and in a made-up language that shows what cannot be translated."""

import ast
import string
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bench.catalog import calls, catalog, forms, modules, write
from planner.base import language as language_module
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
from tests.command import run_command

# Arabic has six plural forms. The words here are made up.
TRANSLATIONS: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
    "Findings": "Found",
    "List the items of the plan, in the order of the register, each with its state as of a date.": "All the items.",
    ("{count} clause", "{count} clauses"): ("none", "a clause", "two", "{count} or so", "many", "{count} in all"),
}


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


@pytest.fixture(scope="module")
def code() -> list[tuple[str, ast.Module]]:
    """The modules that have messages."""
    return list(modules())


@pytest.mark.more
def test_every_message_is_a_literal_and_its_places_are_its_values(code: list[tuple[str, ast.Module]]) -> None:
    """Else a message could not be extracted, or a translator could not see what a place holds."""
    wrong = []
    for file, call in ((file, call) for file, module in code for call in calls(module)):
        place, messages = f"{file}:{call.lineno}", forms(call)
        count = isinstance(call.func, ast.Name) and call.func.id == "tr_count"
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


def test_no_message_is_translated_when_its_module_is_imported(code: list[tuple[str, ast.Module]]) -> None:
    """The language may be set after that. Such a message is marked with `later`."""
    early = [
        f"{file}:{call.lineno}"
        for file, module in code
        for call in _when_imported(module)
        if isinstance(call.func, ast.Name) and call.func.id in ("tr", "tr_count", "tr_later")
    ]
    assert early == []


@pytest.mark.more
def test_a_catalogue_is_used_as_soon_as_its_language_is_named(
    code: list[tuple[str, ast.Module]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, folder = tmp_path / "planner.pot", tmp_path / "ar" / "LC_MESSAGES"
    write(catalog(code), template)
    with template.open("rb") as stream:
        messages = read_po(stream, locale="ar")
    for message, translation in TRANSLATIONS.items():
        messages[message].string = translation
    folder.mkdir(parents=True)
    with (folder / "planner.mo").open("wb") as stream:
        write_mo(stream, messages)
    monkeypatch.setattr(language_module, "CATALOGUES", tmp_path)
    monkeypatch.setenv(LANGUAGE_VARIABLE, "ar")
    assert (language(), tr_later(later("Findings")), tr("Save {code}", code="T-001")) == ("ar", "Found", "Save T-001")
    counted = [tr_count("{count} clause", "{count} clauses", count) for count in (0, 1, 2, 5, 11, 100)]
    assert counted == ["none", "a clause", "two", "5 or so", "many", "100 in all"]
    assert "All the items." in run_command("items", "--help").out
    monkeypatch.setenv(LANGUAGE_VARIABLE, ENGLISH)
    assert tr("Findings") == "Findings"
