"""What a person says about headings: the field that each of them gives, or that it is not imported."""

from collections.abc import Mapping

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.intake.layout.columns import NOT_IMPORTED, field_in_answer
from planner.intake.layout.tables import Mapped
from planner.intake.proposed import Field


def mapping_of(words: Mapping[str, str], where: str) -> Mapped:
    """Return a mapping from headings to fields, from the words of a mapping file.

    Raises BadValueError about `where`, such as the name of the file, for a word that names no field.
    """
    return {heading: _field(heading, word, where) for heading, word in words.items()}


def _field(heading: str, word: str, where: str) -> Field | None:
    try:
        return field_in_answer(word)
    except ValueError as error:
        fields = ", ".join(field.value for field in Field)
        raise BadValueError(
            tr("'{word}' for the heading '{heading}' is not a field", word=word, heading=heading),
            where=where,
            do=tr("Give one of these: {fields}, {not_imported}", fields=fields, not_imported=NOT_IMPORTED),
        ) from error
