"""Reading the person who is accountable for an item: one name, without telephone numbers and addresses."""

import re
from collections.abc import Mapping

from planner.base.language import tr
from planner.base.texts import same_words
from planner.domain.typed_words import says_nothing
from planner.intake.layout.cells.reading import NOTHING, Doubt, Reading, question
from planner.intake.layout.cells.splitting import (
    LONGEST_CELL,
    has_separator,
    names_in,
    one_of_several,
    one_or_several,
    too_long,
    undecided,
)
from planner.intake.layout.cells.texts import is_undecided, read_title, shown, text_of
from planner.intake.proposed import Severity
from planner.intake.sheets import Value

# A telephone number or an e-mail address, with its label and the brackets around it.
_CONTACT = re.compile(
    r"[（(\[【]?\s*(?:(?:联系|聯絡|办公|手机|电话|電話|连络|連絡|연락|전화)[^\d:：\s]{0,4}|tel\.?|phone|mobile|ext\.?|☎|내선|内線)?"
    r"\s*[:：]?\s*(?:[+＋]?\d[\d\-‐–—. ()（）]{5,22}\d|[\w.+-]{1,64}@[\w.-]{1,64})\s*[）)\]】]?"
    r"|[（(\[【]\s*(?:ext\.?|내선|内線|tel\.?)?\s*\d{3,6}\s*[）)\]】]",
    re.IGNORECASE,
)
_HAN_NAMES = re.compile(r"[\u3400-\u9fff·]+(?:[ \u3000]+[\u3400-\u9fff·]+)+")
_INITIALS = re.compile(r"[^\W\d_][\w'’ -]{0,40}, ?(?:[^\W\d_]\. ?){1,4}")
_SURNAME_FIRST = re.compile(r"[A-Za-z][A-Za-z'’-]{0,40}, ?[A-Za-z][A-Za-z'’.-]{0,40}")
_NOBODY: Mapping[str, str] = {}
# A Chinese name has so many characters at most, so that blanks within it only fill its line.
_LONGEST_HAN_NAME = 3


# A post, or the short name of an office: Director of Housing, HR, HR + ICT.
_NO_PERSON = re.compile(
    r"(?i:.*\b(?:director|head|manager|officer|chief|secretary|chair|mayor|coordinator) (?:of|for)\b)|"
    r"(?i:.*\b(?:department|office|team|unit|council|committee)\b)|[A-Z]{2,5}(?: ?[+/&] ?[A-Z]{2,5})*$"
)


def read_person(value: Value, answered: bool = False, *, known: Mapping[str, str] = _NOBODY) -> Reading:
    """Read the person who is accountable for an item. Of several persons, the first one is.

    `known` has the names of known people by their words as names are compared. Telephone numbers and e-mail addresses
    are no part of a name. A cell with nothing else is a question.
    """
    text = text_of(value)
    if text is None or says_nothing(text):
        return NOTHING
    if len(text) > LONGEST_CELL:
        return too_long(text)
    if answered:
        return read_title(text, answered)
    if is_undecided(text):
        return undecided(text)
    bare = _CONTACT.sub(" ", text).strip(" \n、，；;,/:：")
    if not bare:
        return question(
            tr("'{value}' has no name of a person", value=shown(text)), tr("Give the name, or - if there is none")
        )
    return _named(bare, text, known, has_contact=bare != text)


def _named(bare: str, text: str, known: Mapping[str, str], *, has_contact: bool) -> Reading:
    """Read the names in a text without contacts. `text` is the text of the cell."""
    if _SURNAME_FIRST.fullmatch(bare) and not _INITIALS.fullmatch(bare):
        person = _known_person(bare, known)
        if person is not None:
            return Reading(person, tr("'{value}' is a known person", value=shown(text)) if person != bare else None)
        return one_or_several(bare, bare, "; ".join(names_in(bare, ())))
    names = _names(bare)
    if len(names) > 1:
        return one_of_several(names, text)
    reading = read_title(names[0] if names else bare)
    if _NO_PERSON.match(bare):
        what = tr("'{value}' may be a post or an office, but is taken for a person", value=shown(text))
        doubt = Doubt(Severity.REMARK, what, tr("Give the name of the person, or make the column one of organisations"))
        return Reading(reading.value, reading.inferred, reading.doubt or doubt)
    if has_contact:
        return Reading(reading.value, tr("without the telephone number or address in the cell"), reading.doubt)
    if reading.value != bare and "\n" not in bare:
        return Reading(reading.value, tr("'{value}' without blanks", value=shown(text)), reading.doubt)
    return reading


def _known_person(text: str, known: Mapping[str, str]) -> str | None:
    """Return the known person who is meant by a surname before a first name, unless both are known people."""
    surname, first = (same_words(part) for part in text.split(","))
    if surname in known and first in known:
        return None
    return known.get(same_words(text)) or known.get(first + surname)


def _names(text: str) -> list[str]:
    """Return the names in a text. Blanks between Chinese characters divide names of two characters or more."""
    if _INITIALS.fullmatch(text):
        return [text]
    if has_separator(text):
        return [one for name in names_in(text, ()) for one in _names_between_blanks(name)]
    return _names_between_blanks(text)


def _names_between_blanks(text: str) -> list[str]:
    if not _HAN_NAMES.fullmatch(text):
        return [text]
    parts = text.split()
    joined = "".join(parts)
    return [joined] if len(joined) <= _LONGEST_HAN_NAME or min(map(len, parts)) < 2 else parts
