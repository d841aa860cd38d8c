"""A message as files: what a mail program finds in the draft, and that its bytes are always the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, message_from_string
from email.message import EmailMessage
from email.policy import SMTPUTF8, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.chasing.letter import draft_bytes, file_name, files_of, text_bytes
from planner.chasing.wording import body, subject
from planner.queries.items.views import OrganisationView
from tests.chasing.factories import message

WIDE = OrganisationView(2, "archive", "北京市科学技术委员会 (مرفأ)", "مكتب المرفأ 港口办公室 " + "港" * 60)

# What a register can hold and what it should not: any script, line ends of every sort, controls.
names = st.text() | st.sampled_from(
    [
        "a\r\nBcc: x@example.org",
        "a\u2028b\u0085c\x0bd\x1c",
        "=?utf-8?q?=0D=0ABcc:_x?=",
        "=??Q?=0D?=",
        "\u202eevil",
        "\0",
        "",
    ]
)


def opened(content: bytes) -> EmailMessage:
    """A draft as a mail program reads it."""
    found = message_from_bytes(content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(draft: EmailMessage) -> str:
    """What stands in it; its lines end as those of mail do."""
    found: str = draft.get_content()
    assert found.count("\n") == found.count("\r\n")
    return found.replace("\r\n", "\n")


def test_a_draft_says_what_the_text_says_to_nobody_yet():
    made = message("Mend the 港口 (مرفأ)", organisation=WIDE)
    draft = opened(draft_bytes(made))
    assert draft["Subject"] == subject(made)
    assert text_of(draft) == body(made)
    assert draft.get_content_type() == "text/plain"
    assert draft.get_content_charset() == "utf-8"
    assert draft["X-Unsent"] == "1"
    assert draft["Date"].datetime == datetime(2020, 6, 25, 3, 30, 15, tzinfo=UTC)
    assert str(draft["Date"]).endswith("+0900")
    assert [draft[name] for name in ("From", "To", "Cc", "Bcc")] == [None] * 4
    assert text_bytes(made).decode() == f"Subject: {subject(made)}\n{body(made)}"


def to_of(content: bytes) -> bytes:
    """The header with the recipients, as it stands in a draft."""
    return content.partition(b"Subject:")[0]


def test_a_draft_goes_to_the_addresses_and_the_text_names_them():
    made = message(to=("office@harbour.example", "plans@harbour.example"))
    draft = opened(draft_bytes(made))
    assert str(draft["To"]) == "office@harbour.example, plans@harbour.example"
    assert [found.addr_spec for found in draft["To"].addresses] == list(made.to)
    assert (draft["X-Unsent"], draft["Subject"]) == ("1", subject(made))
    assert draft_bytes(made).isascii()
    assert text_bytes(made).decode().startswith(f"Mail to: {', '.join(made.to)}\nSubject: {subject(made)}\n")
    assert draft["Message-ID"] != opened(draft_bytes(message()))["Message-ID"]


def test_addresses_in_all_scripts_stand_in_a_draft_as_they_are():
    made = message(to=("办公室@例子.公司", "مكتب@مثال.إختبار", "müller@bücher.example", "office@例子.公司"))
    content = draft_bytes(made)
    assert to_of(content).decode() == (
        "To: 办公室@例子.公司, مكتب@مثال.إختبار,\r\n müller@bücher.example, office@例子.公司\r\n"
    )
    # Python reads the bytes of a draft as ASCII.
    draft = message_from_string(content.decode(), policy=SMTPUTF8)
    assert [found.addr_spec for found in draft["To"].addresses] == list(made.to)


def test_many_addresses_are_folded_and_a_long_one_is_not_divided():
    long = f"{'a' * 60}@{'b' * 60}.example"
    made = message(to=(long, *(f"officer-{number}@harbour.example" for number in range(40)), long))
    content = draft_bytes(made)
    assert [found.addr_spec for found in opened(content)["To"].addresses] == list(made.to)
    lines = to_of(content).split(b"\r\n")
    assert [line for line in lines if len(line) > 78] == [f"To: {long},".encode(), f" {long}".encode()]
    assert len(lines) < 30


def test_a_draft_is_lines_that_every_mail_system_takes():
    content = draft_bytes(message("港" * 900, organisation=WIDE))
    lines = content.split(b"\r\n")
    assert content.isascii()
    assert max(map(len, lines)) <= 78
    assert not [line for line in lines if b"\n" in line or b"\r" in line]


def test_the_same_message_is_the_same_bytes_and_another_has_another_id():
    one = message()
    assert draft_bytes(one) == draft_bytes(message())
    later = replace(one, occasion=replace(one.occasion, known_at=one.occasion.known_at + timedelta(seconds=1)))
    others = [message("Mend them"), message(organisation=WIDE), message(simulated=True), later]
    ids = {opened(draft_bytes(made))["Message-ID"] for made in (one, *others)}
    assert len(ids) == 5
    assert all(found.endswith("@planner.invalid>") for found in ids)


def test_files_are_called_after_plan_week_and_organisation():
    made = message()
    assert list(files_of([made])) == [
        "harbour-2020-2020-W26-chase-harbour-office.txt",
        "harbour-2020-2020-W26-chase-harbour-office.eml",
    ]
    assert (
        file_name(message(simulated=True).occasion, WIDE, "eml") == "simulated-harbour-2020-2020-W26-chase-archive.eml"
    )
    assert files_of([made], ["txt"]) == {"harbour-2020-2020-W26-chase-harbour-office.txt": text_bytes(made)}


@pytest.mark.parametrize(
    "name", ["Amt für Öffentlichkeit und Häfen", "北京市经济和信息化局 港口处", "Harbour office " * 9]
)
def test_the_subject_is_folded_without_losing_a_blank(name):
    made = message(organisation=OrganisationView(2, "archive", name, name))
    content = draft_bytes(made)
    assert opened(content)["Subject"] == subject(made)
    assert content.startswith(b"Subject: =?utf-8?b?")


@given(name=names, title=names, reporter=names)
def test_no_name_or_title_adds_a_header(name: str, title: str, reporter: str):
    made = message(title, organisation=OrganisationView(2, "archive", name, name), done=title, reporter=reporter)
    content = draft_bytes(made)
    draft = opened(content)
    assert draft.keys() == opened(draft_bytes(message())).keys()
    assert draft["Subject"] == subject(made)
    assert all(len(line) <= 78 for line in content.partition(b"Message-ID")[0].split(b"\r\n"))
    assert text_of(draft) == body(made)
    assert not draft.defects
