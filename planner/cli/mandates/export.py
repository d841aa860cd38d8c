"""planner export: write the register, or the crosswalk, the links and the citations for other programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import in_english, tr, tr_count, tr_later
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.mandates.export_register import register
from planner.cli.output import known_at_option, print_line
from planner.cli.output_file import file_option, replace_option, require_ending, write_output
from planner.domain.vocabulary import NO_MANDATE_MESSAGE

if TYPE_CHECKING:
    from planner.exchange.mapped import Mapped
    from planner.exchange.quotes import Quote
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading

output_option = file_option("The output file. Default, or -: standard output.")
with_texts_option = click.option(
    "--with-texts", is_flag=True, help="Include the words of the official texts, if copies are attached."
)


@group()
def export() -> None:
    """Write the register for people, or the crosswalk, the links and the citations in formats for other programs.

    The same facts always give the same bytes. docs/exports.md says what each format can contain.
    """


export.add_command(register)


@export.command()
@output_option
@replace_option
@known_at_option
@click.pass_obj
def oscal(context: Context, file: str, replace: bool) -> None:
    """Write the crosswalk and the links as an OSCAL control mapping (JSON)."""
    from planner.exchange.mapped import read_mapped
    from planner.exchange.oscal import oscal_document

    require_ending(file, "json")
    with _reading(context) as reading:
        mapped = read_mapped(reading)
    _write(oscal_document(mapped), file, replace, reading.plan, _mapped_counts(mapped))


@export.command()
@with_texts_option
@output_option
@replace_option
@known_at_option
@click.pass_obj
def skos(context: Context, with_texts: bool, file: str, replace: bool) -> None:
    """Write the clauses, the crosswalk and the links as SKOS (JSON-LD)."""
    from planner.exchange.mapped import read_mapped
    from planner.exchange.skos import skos_document

    require_ending(file, "jsonld", "json")
    with _reading(context) as reading:
        mapped = read_mapped(reading)
        clauses = [clause for version in mapped.versions for clause in version.clauses]
        cited = [printed.citation for clause in clauses for printed in clause.printed]
        quotes = _quotes(reading, cited, with_texts)
    counts = [tr_count("{count} clause", "{count} clauses", len(clauses)), *_mapped_counts(mapped)]
    _write(skos_document(mapped, quotes), file, replace, reading.plan, counts, quotes)


@export.command()
@with_texts_option
@output_option
@replace_option
@known_at_option
@click.pass_obj
def annotations(context: Context, with_texts: bool, file: str, replace: bool) -> None:
    """Write the citations as W3C Web Annotations (JSON-LD)."""
    from planner.exchange.annotations import annotations_document
    from planner.exchange.cited import read_cited_places

    require_ending(file, "jsonld", "json")
    with _reading(context) as reading:
        cited = read_cited_places(reading)
        quotes = _quotes(reading, [place.id for place in cited.places], with_texts)
    counts = [tr_count("{count} citation", "{count} citations", len(cited.places))]
    _write(annotations_document(cited, quotes), file, replace, reading.plan, counts, quotes)


@contextmanager
def _reading(context: Context) -> "Iterator[Reading]":
    """Open the register for reading, with the plan as it was known at the instant of --known-at.

    In the block, messages are in English, because they are written to files.
    """
    with context.reading() as reading, in_english():
        yield reading


def _quotes(reading: "Reading", citations: list[int], with_texts: bool) -> "dict[int, Quote] | None":
    """Return the cited texts by the id of their citation. Return None if the file must not contain texts."""
    if not with_texts:
        return None
    from planner.exchange.quotes import read_quotes

    return read_quotes(reading, citations)


def _mapped_counts(mapped: "Mapped") -> list[str]:
    return [
        tr_count("{count} crosswalk row", "{count} crosswalk rows", len(mapped.rows)),
        tr_count("{count} link", "{count} links", len(mapped.links)),
    ]


def _write(
    document: dict[str, Any],
    file: str,
    replace: bool,
    plan: "PlanView",
    counts: list[str],
    quotes: "dict[int, Quote] | None" = None,
) -> None:
    """Write a document, and print on standard error what it contains and the name of its file."""
    from planner.exchange.json_bytes import json_bytes

    where = write_output(json_bytes(document), file, replace=replace)
    if quotes is not None:
        counts = [*counts, tr_count("the words of {count} citation", "the words of {count} citations", len(quotes))]
    if plan.simulated:
        counts = [tr("simulated data"), *counts]
    print_line(tr("Wrote {content} to {file}.", content=", ".join(counts), file=where), err=True)
    if not plan.has_mandate:
        print_line(tr_later(NO_MANDATE_MESSAGE), err=True)
