"""Proposes a mandate version from a text: its clauses, and a crosswalk from the version before. It writes nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.command_names import command_with
from planner.base.errors import BadValueError, NotAllowedError, SourceError, unknown_name
from planner.base.fingerprints import text_digest
from planner.base.language import later, tr, tr_count, tr_later
from planner.base.listing import listed
from planner.base.texts import clean, normal_form, required
from planner.base.visible_text import shortened
from planner.domain.codes import canonical_key
from planner.domain.language_codes import checked_language
from planner.domain.vocabulary import NO_MANDATE, Numbering, ProposalState
from planner.mandates.crosswalk import LEAST, ComparedClause, ProposedRow, propose_rows
from planner.mandates.keys import LONGEST_LANGUAGE, checked_key
from planner.mandates.languages import GuessedFrom, LanguageGuess, guess_language
from planner.mandates.recognising import NumberedText, ends_at, readings
from planner.mandates.source import SourceText, require_unknown
from planner.queries.mandates.proposals import EarlierClause, read_earlier
from planner.queries.mandates.versions import mandate_versions
from planner.queries.people.organisations import find_organisation
from planner.register.reading import Reading
from planner.sources import numbering
from planner.sources.cited import CitedDocument, read_cited_documents
from planner.sources.numbering import NumberedSpan, Series
from planner.store.models import Mandate, MandateProposal, Plan

# How many lines without a clause a note names, and how many characters of each.
_MOST_LINES, _FIRST_WORDS = 5, 40


@dataclass(frozen=True)
class Request:
    """The mandate version that a user asks for.

    If a field is None, its value is recognised from the text, or taken from the version before. The first version of a
    plan has no version before, and its duties are those of the organisation that runs the plan, unless `body` names
    another.

    The last clause ends before its first line that begins with `ends_before`, which can cut off a page footer.
    `series` is the number of the series of clauses to propose, if the text has several. None means the longest.
    """

    key: str
    title: str | None = None
    supersedes: str | None = None
    language: str | None = None
    numbering: Numbering | None = None
    in_force_from: date | None = None
    publisher: str | None = None
    address: str | None = None
    ends_before: str | None = None
    series: int | None = None
    body: str | None = None


@dataclass(frozen=True)
class ProposedClause:
    """A numbered passage proposed as a clause. Its restatement is that of an earlier clause with this text, if any."""

    key: str
    parent: str | None
    number: str
    start: int
    end: int
    text: str
    restatement: str | None

    @property
    def quoted_sha256(self) -> str:
        """The digest of the text."""
        return text_digest(self.text)

    @property
    def normal_sha256(self) -> str:
        """The digest of the normal form of the text."""
        return text_digest(normal_form(self.text))


@dataclass(frozen=True)
class ProposedMandate:
    """A proposed mandate version.

    The first version of a plan without a mandate supersedes none, and `first_of` is the key of this plan. `recognised`
    lists the fields that the program found in the text. `notes` has hints for the user. `language_by` is what the
    language was guessed from, or None if the user gave it. `others` has other numbering styles that also find passages,
    with the number of passages of each.
    """

    source: SourceText
    key: str
    title: str
    supersedes: str | None
    supersedes_id: int | None
    first_of: str | None
    body_id: int
    in_force_from: date | None
    publisher: str
    address: str | None
    language: str
    language_by: GuessedFrom | None
    numbering: Numbering
    recognised: tuple[str, ...]
    others: tuple[tuple[Numbering, int], ...]
    notes: tuple[str, ...]
    all_series: tuple[Series, ...]
    series: int | None
    clauses: tuple[ProposedClause, ...]
    rows: tuple[ProposedRow, ...]
    earlier: tuple[EarlierClause, ...]

    @property
    def chosen_series(self) -> int | None:
        """The number of the series that is proposed, or None if the text has only one."""
        if len(self.all_series) < 2:
            return None
        longest = next(number for number, one in enumerate(self.all_series, 1) if one.is_longest)
        return self.series or longest


def propose(reading: Reading, source: SourceText, request: Request) -> ProposedMandate:
    """Return the mandate version that is proposed from a text. Nothing is written.

    If the plan has no mandate and the request names no version, it is proposed as the first version of the plan.

    Raises BadValueError for a value that cannot be used. Raises NotAllowedError if the key is in use, and
    UnknownNameError if there is no earlier version or organisation of this name. Raises SourceError if the text is
    already a document, has no numbered passages, or has no recognisable language.
    """
    key = key_of_new_version(reading.session, request.key)
    version = _version_before(reading, request)
    body_id = _body_id(reading, version, request.body)
    require_unknown(source, documents_in_use(reading.session), first_of=None if version else reading.plan.key)
    given = checked_language(request.language, LONGEST_LANGUAGE)
    guess = None if given else _guessed_language(source)
    language = given or (guess.language if guess else "")
    read, others = _read(source, request)
    earlier = read_earlier(reading.session, version.id, language) if version else ()
    clauses = _clauses(source, read, _key_word(earlier), earlier)
    rows = propose_rows([ComparedClause(one.key, one.parent, one.text) for one in earlier], _compared(clauses))
    return ProposedMandate(
        source=source,
        key=key,
        title=clean(request.title, "title") or f"{key} (no title given)",
        supersedes=version.key if version else None,
        supersedes_id=version.id if version else None,
        first_of=None if version else reading.plan.key,
        body_id=body_id,
        in_force_from=request.in_force_from,
        publisher=clean(request.publisher, "publisher") or "not said",
        address=clean(request.address, "address"),
        language=language,
        language_by=guess.by if guess else None,
        numbering=read.numbering,
        recognised=_not_given(request),
        others=tuple((other.numbering, len(other.passages)) for other in others),
        notes=(
            *_about_earlier(version, language, earlier, rows),
            *_about_lines(source, read),
            *_about_the_end(source, read, request),
        ),
        all_series=numbering.all_series(source.text, read.numbering),
        series=request.series,
        clauses=clauses,
        rows=rows,
        earlier=earlier,
    )


def key_of_new_version(session: Session, key: str) -> str:
    """Return the key if a new version can have it.

    Raises BadValueError if it is not valid, NotAllowedError if it is in use.
    """
    wanted = checked_key(key)
    proposals = select(MandateProposal.id).where(
        MandateProposal.key == wanted, MandateProposal.state != ProposalState.DROPPED
    )
    versions = select(Mandate.id).where(Mandate.key == wanted)
    in_use = (
        (versions, later("there is already a mandate version '{key}'")),
        (proposals, later("there is already a proposal '{key}'")),
    )
    for statement, what in in_use:
        if session.execute(statement).first():
            raise NotAllowedError(
                tr_later(what).format(key=wanted),
                where="key",
                do=tr("Choose a key that is not in use"),
            )
    return wanted


def documents_in_use(session: Session) -> list[CitedDocument]:
    """Return the register's documents, except those used only by dropped proposals, which can be proposed again."""
    held = session.execute(select(MandateProposal.document_id, MandateProposal.state)).all()
    kept = {document for document, state in held if state != ProposalState.DROPPED}
    dropped = {document for document, _ in held} - kept
    return [document for document in read_cited_documents(session) if document.id not in dropped]


def _version_before(reading: Reading, request: Request) -> Mandate | None:
    """Return the version that a proposed one supersedes, or None if it is the first one of the plan."""
    if not reading.plan.has_mandate and request.supersedes in (None, NO_MANDATE):
        return None
    key = request.supersedes or reading.plan.mandate
    versions = mandate_versions(reading.session.execute(select(Mandate)).scalars())
    found = next((version for version in versions if version.key == canonical_key(key)), None)
    if found is None:
        known = (version.key for version in versions)
        none = tr("Leave it out: this is the first mandate version of the plan")
        what = tr("no mandate version is called '{key}'", key=key)
        raise unknown_name(what, later("versions"), known, where="supersedes", none=none)
    return found


def _body_id(reading: Reading, version: Mandate | None, named: str | None) -> int:
    """Return the id of the organisation whose duties a version has."""
    if named is not None:
        return find_organisation(reading.session, named, "body").id
    return version.body_id if version else reading.session.get_one(Plan, reading.plan.id).issuer_id


def _guessed_language(source: SourceText) -> LanguageGuess:
    guess = guess_language(source.text)
    if guess is None:
        raise SourceError(
            tr("the language of the text could not be recognised from its letters and most frequent words"),
            where=source.file_name,
            do=tr("Give the language of the text"),
            by_field="language",
        )
    return guess


def _read(source: SourceText, request: Request) -> tuple[NumberedText, tuple[NumberedText, ...]]:
    """Return the best reading of the text and the other readings, or only the reading in the requested style."""
    if request.numbering is not None:
        found = [NumberedText(request.numbering, numbering.parse(source.text, request.numbering))]
    else:
        found = list(readings(source.text))
    if not found or not found[0].passages:
        what = (
            tr("the text has no numbered clauses in the style {style}", style=request.numbering.value)
            if request.numbering
            else tr("the text has no numbered clauses in any known style")
        )
        styles = ", ".join(style.value for style in Numbering)
        raise SourceError(
            what,
            where=source.file_name,
            do=tr("planner knows the styles {styles}", styles=styles),
        )
    best, *others = found
    if request.series is not None:
        best = _chosen_series(source, best, request.series)
    if request.ends_before is None:
        return best, tuple(others)
    ending = required(request.ends_before, "ends before")
    return NumberedText(best.numbering, ends_at(source.text, best.passages, ending)), tuple(others)


def _chosen_series(source: SourceText, read: NumberedText, number: int) -> NumberedText:
    """Return a reading of another series. Raises BadValueError if the text has no series with this number."""
    several = numbering.all_series(source.text, read.numbering)
    if not 1 <= number <= len(several):
        raise BadValueError(
            tr("the text has no series of clauses with the number {number}", number=number),
            where="series",
            do=tr("Give a number from 1 to {number}", number=len(several))
            if len(several) > 1
            else tr("The text has only one series, so leave out the number"),
        )
    return NumberedText(read.numbering, numbering.parse(source.text, read.numbering, number))


def _key_word(earlier: Sequence[EarlierClause]) -> str:
    """Return the word that most keys of the earlier clauses begin with."""
    words = Counter(clause.key.rpartition("-")[0] for clause in earlier)
    return max(words, key=lambda word: (words[word], word), default="duty")


def _clauses(
    source: SourceText, read: NumberedText, word: str, earlier: Sequence[EarlierClause]
) -> tuple[ProposedClause, ...]:
    restated = {normal_form(clause.text): clause.restatement for clause in reversed(earlier) if clause.text}
    numbers = {passage.number for passage in read.passages}

    def clause(passage: NumberedSpan) -> ProposedClause:
        whole, _, part = passage.number.partition(".")
        text = source.text[passage.start : passage.end]
        return ProposedClause(
            key=f"{word}-{passage.number}",
            parent=f"{word}-{whole}" if part and whole in numbers else None,
            number=passage.printed,
            start=passage.start,
            end=passage.end,
            text=text,
            restatement=restated.get(normal_form(text)),
        )

    return tuple(clause(passage) for passage in read.passages)


def _compared(clauses: Sequence[ProposedClause]) -> list[ComparedClause]:
    return [ComparedClause(clause.key, clause.parent, clause.text) for clause in clauses]


def _not_given(request: Request) -> tuple[str, ...]:
    return tuple(name for name in ("language", "numbering") if getattr(request, name) is None)


def _about_earlier(
    version: Mandate | None, language: str, earlier: Sequence[EarlierClause], rows: Sequence[ProposedRow]
) -> tuple[str, ...]:
    """Return notes on the comparison with the version before, or nothing if there is none."""
    if version is None:
        return ()
    return (*_about_comparing(version.key, language, earlier), *_about_likeness(version.key, earlier, rows))


def _about_comparing(version: str, language: str, earlier: Sequence[EarlierClause]) -> tuple[str, ...]:
    """Return a note on why some clauses could not be compared, or nothing if all could be."""
    if all(clause.text for clause in earlier):
        return ()
    if all(clause.citation is None for clause in earlier):
        message = tr(
            "{version} has no text in this language ({language}): nothing was compared, and no row is proposed.",
            version=version,
            language=language,
        )
        return (message,)
    if not any(clause.text for clause in earlier):
        return (
            tr(
                "The text of {version} in this language ({language}) is not attached: nothing was compared, and no row "
                "is proposed. Attach it with 'planner sources attach', and propose the version again.",
                version=version,
                language=language,
            ),
        )
    without = ", ".join(clause.key for clause in earlier if not clause.text)
    return (
        tr(
            "Of {version}, no attached copy says {clauses} as cited: these were not compared, and nothing is called "
            "new.",
            version=version,
            clauses=without,
        ),
    )


def _about_likeness(version: str, earlier: Sequence[EarlierClause], rows: Sequence[ProposedRow]) -> tuple[str, ...]:
    """Return a note if no two clauses are similar, so that no rows are proposed."""
    if rows or not any(clause.text for clause in earlier):
        return ()
    return (
        tr(
            "No clause is alike to a clause of {version} to {least:.2f} or more: no row is proposed, and nothing is "
            "called withdrawn or new. The two texts may be of two bodies, or in two languages.",
            version=version,
            least=LEAST,
        ),
    )


def _about_lines(source: SourceText, read: NumberedText) -> tuple[str, ...]:
    """Return a note on the lines that begin like a clause, but are a part of another clause or of none."""
    lines = numbering.without_clause(source.text, read.numbering, read.passages)
    if not lines:
        return ()
    named = [f"'{shortened(line, _FIRST_WORDS)}'" for line in lines[:_MOST_LINES]]
    more = [tr("{count} more", count=len(lines) - _MOST_LINES)] if len(lines) > _MOST_LINES else []
    note = tr_count(
        "{count} line begins like a clause, but no clause begins there: {lines}. Compare the clauses with the text.",
        "{count} lines begin like a clause, but no clause begins there: {lines}. Compare the clauses with the text.",
        len(lines),
        lines=listed(named + more),
    )
    return (note,)


def _about_the_end(source: SourceText, read: NumberedText, request: Request) -> tuple[str, ...]:
    """Return a note if the last clause reaches the end of the file, where it may include a page footer."""
    last = max(read.passages, key=lambda passage: passage.end)
    ends_with_the_file = not source.text[last.end :].strip()
    if (
        request.ends_before is not None
        or not ends_with_the_file
        or "\n" not in source.text[last.start : last.end].strip()
    ):
        return ()
    return (
        tr(
            "The last clause ({number}) has several lines and extends to the end of the file. If it includes "
            "the foot of the page, propose the version again and give the first words of the foot: '{command}'.",
            number=last.number,
            command=command_with("mandate add", ends_before="TEXT"),
        ),
    )
