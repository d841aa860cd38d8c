"""Mail addresses of organisations and people, as people type them and as they are stored.

An address may have letters of all scripts on both sides of its @ (RFC 6531 and 6532). It has no blank, no line end and
no invisible character, so that it cannot add anything to the header of a mail.
"""

import re
import unicodedata

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import unredacted
from planner.base.visible_text import visible

# What divides addresses in a list, also as it is typed in Chinese, Japanese and Arabic.
_BETWEEN = re.compile(r"[,;，；、،؛\n]")
# A name before an address, as mail programs copy it: Cleo Marsh <cleo@example.org>.
_WITH_NAME = re.compile(r"[^<>@]*<\s*(?:mailto:)?([^<>]*?)\s*>")

# The characters that a name before the @ may have beside letters and digits (RFC 5322).
_SIGNS = frozenset("!#$%&'*+-/=?^_`{|}~")
# The longest parts of an address in bytes (RFC 5321).
_LONGEST_NAME, _LONGEST_LABEL, _LONGEST = 64, 63, 254


def addresses_in(stored: str | None) -> tuple[str, ...]:
    """Return the addresses in a stored text. It has none if it is missing or an administrator removed it."""
    return tuple((unredacted(stored) or "").split(", ")) if unredacted(stored) else ()


def checked_addresses(given: str | None, where: str = "mail_address") -> str | None:
    """Return the addresses in a list as they are stored, each once, or None if nothing is given.

    Raises BadValueError for a text that is not an address. It says what is wrong with it.
    """
    typed = [part.strip() for part in _BETWEEN.split((given or "").replace("\r", "\n"))]
    found = {address.casefold(): address for address in reversed([_checked(one, where) for one in typed if one])}
    return ", ".join(reversed(found.values())) or None


def checked_address(given: str | None, where: str = "mail_address") -> str | None:
    """Return the only address in a text as it is stored, or None if nothing is given.

    Raises BadValueError for several addresses, and the errors of `checked_addresses`.
    """
    checked = checked_addresses(given, where)
    if len(addresses_in(checked)) > 1:
        raise BadValueError(
            tr("'{given}' has more than one mail address", given=given), where=where, do=tr("Give one address")
        )
    return checked


def _checked(typed: str, where: str) -> str:
    wrong = _fault(address := _usual(typed))
    if wrong is not None:
        raise BadValueError(
            tr("'{typed}' is not a mail address: {wrong}", typed=typed, wrong=wrong),
            where=where,
            do=tr("Give an address such as office@example.org; write a comma between two addresses"),
        )
    return address


def _usual(typed: str) -> str:
    """Return an address in its usual spelling: without a name before it, and with the signs that mail has."""
    found = _WITH_NAME.fullmatch(typed)
    address = unicodedata.normalize("NFC", (found[1] if found else typed.removeprefix("mailto:")).replace("＠", "@"))
    name, at, domain = address.rpartition("@")
    # In the name of a host, letters of full width and the Chinese full stop mean the usual ones (RFC 3490).
    return f"{name}{at}{unicodedata.normalize('NFKC', domain).replace('。', '.')}" if at else address


def _fault(address: str) -> str | None:
    """Return what is wrong with an address, or None if nothing is."""
    name, _, domain = address.partition("@")
    if any(character.isspace() for character in address):
        return tr("it has a blank")
    if visible(address) != address:
        return tr("it has a character that nobody sees")
    if address.count("@") != 1:
        return tr("it has no @") if "@" not in address else tr("it has more than one @")
    if not name or not domain:
        return tr("something is missing before or after the @")
    if character := next((one for one in name if not _in_name(one)), None) or next(
        (one for one in domain if not _in_domain(one)), None
    ):
        return tr("the character {character} cannot be there", character=_shown(character))
    return _fault_of_parts(name, domain)


def _fault_of_parts(name: str, domain: str) -> str | None:
    labels = domain.split(".")
    if not all((*name.split("."), *labels)):
        return tr("a dot is at the beginning, at the end, or beside another dot")
    if any(label.startswith("-") or label.endswith("-") for label in labels):
        return tr("a part after the @ begins or ends with a hyphen")
    lengths = (_bytes(name) <= _LONGEST_NAME, all(_bytes(label) <= _LONGEST_LABEL for label in labels))
    return None if all(lengths) and _bytes(f"{name}@{domain}") <= _LONGEST else tr("it is too long")


def _in_name(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in _SIGNS or character == "."
    return character.isprintable()


def _in_domain(character: str) -> bool:
    return character in "-." or (character.isascii() and character.isalnum()) or _is_letter(character)


def _is_letter(character: str) -> bool:
    """Return whether a character that is not ASCII is a letter, a digit, or a mark of one."""
    return not character.isascii() and unicodedata.category(character)[0] in "LMN"


def _shown(character: str) -> str:
    return f"'{character}'" if character.isprintable() else f"U+{ord(character):04X}"


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
