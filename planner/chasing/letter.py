"""A message as files: plain text, and a draft that a mail program opens. The same message is always the same bytes."""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

from planner.chasing.round import Message, Occasion
from planner.chasing.wording import body, subject
from planner.fingerprints import fingerprint
from planner.queries.views import OrganisationView

TEXT_ENDING = "txt"
DRAFT_ENDING = "eml"

# A name that is reserved for being nobody's (RFC 2606): the message was not made on any host that takes mail.
NO_HOST = "planner.invalid"

# So many digits of a digest tell any two messages apart, and leave the header on one line.
_IDENTITY_DIGITS = 40


def text_bytes(message: Message) -> bytes:
    """The message as plain text, its subject first."""
    return f"Subject: {subject(message)}\n{body(message)}".encode()


def draft_bytes(message: Message) -> bytes:
    """The message as a draft (RFC 5322) that nobody has sent.

    It has no sender, which is whoever opens it, and no recipient: the register knows no addresses, and a name without
    one is no recipient to any mail program. The organisation stands in the subject and in the first lines.
    """
    made = EmailMessage(policy=SMTP)
    made["Subject"] = _literally(subject(message))
    occasion = message.occasion
    made["Date"] = occasion.known_at.replace(microsecond=0).astimezone(ZoneInfo(occasion.plan.time_zone))
    made["Message-ID"] = f"<{_identity(message)}@{NO_HOST}>"
    made["X-Unsent"] = "1"
    # Base64 whatever the script: lines of any length and any letters pass every mail system unchanged.
    made.set_content(body(message), charset="utf-8", cte="base64")
    return made.as_bytes()


def _literally(text: str) -> str:
    """Text for a header. What looks like an encoded word would be decoded there, and could hold a line end."""
    return text.replace("=?", "= ?")


def _identity(message: Message) -> str:
    """What tells a message from every other, and is the same whenever it is made again."""
    occasion = message.occasion
    said = {
        "plan": occasion.plan.key,
        "organisation": message.organisation.key,
        "known_at": occasion.known_at.isoformat(),
        "subject": subject(message),
        "body": body(message),
    }
    return fingerprint("message", said)[:_IDENTITY_DIGITS]


# What makes the file of each ending.
_MAKERS = {TEXT_ENDING: text_bytes, DRAFT_ENDING: draft_bytes}
ENDINGS = tuple(_MAKERS)


def file_name(occasion: Occasion, organisation: OrganisationView, ending: str) -> str:
    """The name of a message's file: that of the round, and to whom it is."""
    return round_name(occasion, ending, f"-{organisation.key}")


def round_name(occasion: Occasion, ending: str, part: str = "") -> str:
    """The name of a file about a round: whose plan, which week; in a demonstration it begins with simulated-."""
    simulated = "simulated-" if occasion.plan.simulated else ""
    return f"{simulated}{occasion.plan.key}-{occasion.week}-chase{part}.{ending}"


def files_of(messages: Iterable[Message], endings: Iterable[str] = ENDINGS) -> dict[str, bytes]:
    """The files of some messages by their names."""
    return {
        file_name(message.occasion, message.organisation, ending): _MAKERS[ending](message)
        for message in messages
        for ending in endings
    }
