"""A message as files: plain text, and an unsent mail for a mail program.

The same message always gives the same bytes.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

from planner.base.fingerprints import fingerprint
from planner.base.output_files import name_part
from planner.chasing.round import Message, Occasion
from planner.chasing.wording import body, subject
from planner.queries.items.views import OrganisationView

TEXT_ENDING = "txt"
DRAFT_ENDING = "eml"

# A domain that is reserved and belongs to nobody (RFC 2606), because the message does not come from a mail host.
NO_HOST = "planner.invalid"

# The characters of a line of a mail, and the bytes whose encoded word fits on the first line of its header.
_LINE, _LONGEST_PIECE = 78, 39

# This many digits of the digest are unique in practice, and the header still fits on one line.
_IDENTITY_DIGITS = 40


def text_bytes(message: Message) -> bytes:
    """Return the message as plain text, after its mail addresses and its subject."""
    to = f"Mail to: {', '.join(message.to)}\n" if message.to else ""
    return f"{to}Subject: {subject(message)}\n{body(message)}".encode()


def draft_bytes(message: Message) -> bytes:
    """Return the message as an unsent mail (RFC 5322).

    The sender is left out, because it is whoever opens the file. So are the recipients if the register has no address
    of them. The organisation is named in the subject and in the first lines.
    """
    made = EmailMessage(policy=SMTP)
    occasion = message.occasion
    made["Date"] = occasion.known_at.replace(microsecond=0).astimezone(ZoneInfo(occasion.plan.time_zone))
    made["Message-ID"] = f"<{_identity(message)}@{NO_HOST}>"
    # docs/decisions/0085: a person sends it, and fills in the address if there is none.
    made["X-Unsent"] = "1"
    # Base64 for every script, because lines of any length and all letters then pass every mail system unchanged.
    made.set_content(body(message), charset="utf-8", cte="base64")
    return _recipients(message.to) + _header("Subject", subject(message)) + made.as_bytes()


def _recipients(addresses: Sequence[str]) -> bytes:
    """Return the header with the addresses, as many on a line as fit. It is missing without addresses.

    Letters of all scripts stand in it as they are (RFC 6532, docs/decisions/0159). The library would encode them,
    and no mail system would find such an address.
    """
    if not addresses:
        return b""
    lines = ["To:"]
    for address in [*(f"{one}," for one in addresses[:-1]), addresses[-1]]:
        # A line begins with at least one address, because an address cannot be divided.
        if len(lines[-1].encode()) + len(address.encode()) < _LINE or lines == ["To:"]:
            lines[-1] += f" {address}"
        else:
            lines.append(f" {address}")
    return "".join(f"{line}\r\n" for line in lines).encode()


def _header(name: str, text: str) -> bytes:
    """Return a header with a text on lines of at most 78 characters. Reading it gives exactly the text.

    The header is made here, because the library loses blanks where it folds a text with letters that are not ASCII.
    """
    plain = f"{name}: {text}"
    # A text that looks like an encoded word is encoded, because it would be decoded: perhaps to a line end.
    if text.isascii() and text.isprintable() and text == text.strip() and len(plain) <= _LINE and "=?" not in text:
        return f"{plain}\r\n".encode()
    words = "\r\n ".join(f"=?utf-8?b?{b64encode(part).decode()}?=" for part in _pieces(text))
    return f"{name}: {words}\r\n".encode()


def _pieces(text: str) -> Iterator[bytes]:
    """Yield a text in UTF-8, in pieces that fit into an encoded word (RFC 2047). No letter is divided."""
    piece = b""
    for letter in text:
        more = letter.encode()
        if len(piece) + len(more) > _LONGEST_PIECE:
            yield piece
            piece = b""
        piece += more
    yield piece


def _identity(message: Message) -> str:
    """Return an id that is unique to the message, and the same each time the message is made."""
    occasion = message.occasion
    content = {
        "plan": occasion.plan.key,
        "organisation": message.organisation.key,
        "known_at": occasion.known_at.isoformat(),
        "subject": subject(message),
        "body": body(message),
    }
    if message.to:
        content["to"] = ", ".join(message.to)
    return fingerprint("message", content)[:_IDENTITY_DIGITS]


# The function that makes the file for each ending.
_MAKERS = {TEXT_ENDING: text_bytes, DRAFT_ENDING: draft_bytes}
ENDINGS = tuple(_MAKERS)


def file_name(occasion: Occasion, organisation: OrganisationView, ending: str) -> str:
    """Return the name of a message's file, which includes the plan, the week and the organisation."""
    return round_name(occasion, ending, f"-{name_part(organisation.key)}")


def round_name(occasion: Occasion, ending: str, part: str = "") -> str:
    """Return the name of a file about a round of messages. In a demonstration, the name begins with `simulated-`."""
    simulated = "simulated-" if occasion.plan.simulated else ""
    return f"{simulated}{occasion.plan.key}-{occasion.week}-chase{part}.{ending}"


def files_of(messages: Iterable[Message], endings: Iterable[str] = ENDINGS) -> dict[str, bytes]:
    """Return the content of the messages' files, by file name."""
    return {
        file_name(message.occasion, message.organisation, ending): _MAKERS[ending](message)
        for message in messages
        for ending in endings
    }
