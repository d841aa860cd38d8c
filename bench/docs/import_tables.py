"""Generate the lists of docs/import.md: the names of columns and sheets, and the words of vocabularies."""

from planner.intake.layout.cells.words import words_of
from planner.intake.layout.names import names_by_field, names_by_subject
from planner.intake.proposed import Field

_LANGUAGES = {
    "en": "English",
    "zh": "Chinese",
    "ko": "Korean",
    "ja": "Japanese",
    "de": "German",
    "ar": "Arabic",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
}
_WORDS = (Field.PHASE, Field.CONFIDENCE, Field.MEASURED_BY, Field.DIRECTION, Field.ROLE)


def import_lists() -> str:
    """Return the names of columns, the names of sheets, and the words of vocabularies, as Markdown."""
    return "\n\n".join((_columns(), _sheets(), _vocabularies()))


def _columns() -> str:
    lines = [f"| field | {' | '.join(_LANGUAGES.values())} |", f"|---|{'---|' * len(_LANGUAGES)}"]
    for field, languages in names_by_field().items():
        cells = (_listed(languages.get(language, ())) for language in _LANGUAGES)
        lines.append(f"| `{field.value}` | {' | '.join(cells)} |")
    return "\n".join(("### Names of columns", "", *lines))


def _sheets() -> str:
    lines = ["| rows are | names of the sheet |", "|---|---|"]
    lines += [f"| {subject.value} | {_listed(names)} |" for subject, names in names_by_subject().items()]
    return "\n".join(("### Names of sheets", "", *lines))


def _vocabularies() -> str:
    lines = ["| field | word | texts that mean it |", "|---|---|---|"]
    lines += [
        f"| `{field.value}` | `{word}` | {_listed(texts)} |"
        for field in _WORDS
        for word, texts in words_of(field).items()
    ]
    return "\n".join(("### Words", "", *lines))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)
