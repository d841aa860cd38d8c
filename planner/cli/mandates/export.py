"""planner export: crosswalk, links and citations in forms that other programs read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_bytes, known_at_option, print_line
from planner.cli.output_file import STANDARD_OUTPUT, replace_option, require_ending
from planner.domain.vocabulary import NO_MANDATE_MESSAGE

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from planner.exchange.mapped import Mapped
    from planner.exchange.quotes import Quote
    from planner.queries.plans import PlanView

output_option = click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    default=STANDARD_OUTPUT,
    help="Where to. Default, and -: standard output.",
)
with_texts_option = click.option(
    "--with-texts", is_flag=True, help="Also the very words of the official texts, where copies are attached."
)


@group()
def export() -> None:
    """Write the crosswalk, the links and the citations in forms that other programs read.

    The same facts give the same bytes. What each form holds, and what it cannot, is in docs/exports.md.
    """


@export.command()
@output_option
@replace_option
@known_at_option
@click.pass_obj
def oscal(context: Context, file: str, replace: bool, known_at: str | None) -> None:
    """Write crosswalk and links as an OSCAL control mapping (JSON)."""
    from planner.exchange.mapped import read_mapped
    from planner.exchange.oscal import oscal_document

    require_ending(file, "json")
    with _asked(context, known_at) as (session, plan, instant):
        mapped = read_mapped(session, plan, instant)
    _write(oscal_document(mapped), file, replace, plan, _counted(mapped))


@export.command()
@with_texts_option
@output_option
@replace_option
@known_at_option
@click.pass_obj
def skos(context: Context, with_texts: bool, file: str, replace: bool, known_at: str | None) -> None:
    """Write clauses, crosswalk and links as SKOS (JSON-LD)."""
    from planner.exchange.mapped import read_mapped
    from planner.exchange.skos import skos_document

    require_ending(file, "jsonld", "json")
    with _asked(context, known_at) as (session, plan, instant):
        mapped = read_mapped(session, plan, instant)
        clauses = [clause for version in mapped.versions for clause in version.clauses]
        cited = [printed.citation for clause in clauses for printed in clause.printed]
        quotes = _quotes(session, cited, instant, with_texts)
    _write(skos_document(mapped, quotes), file, replace, plan, f"{len(clauses)} clauses, {_counted(mapped)}", quotes)


@export.command()
@with_texts_option
@output_option
@replace_option
@known_at_option
@click.pass_obj
def annotations(context: Context, with_texts: bool, file: str, replace: bool, known_at: str | None) -> None:
    """Write citations as W3C Web Annotations (JSON-LD)."""
    from planner.exchange.annotations import annotations_document
    from planner.exchange.cited import read_cited_places

    require_ending(file, "jsonld", "json")
    with _asked(context, known_at) as (session, plan, instant):
        cited = read_cited_places(session, plan, instant)
        quotes = _quotes(session, [place.id for place in cited.places], instant, with_texts)
    _write(annotations_document(cited, quotes), file, replace, plan, f"{len(cited.places)} citations", quotes)


@contextmanager
def _asked(context: Context, known_at: str | None) -> "Iterator[tuple[Session, PlanView, datetime | None]]":
    """A session, the plan as it was known at the instant asked for, and that instant; None for now."""
    from planner.queries.plans import read_plan, require_known

    with context.reading() as (session, plan):
        instant = context.point(plan, None, known_at).known_at
        require_known(session, instant)
        yield session, read_plan(session, plan.key, instant), instant


def _quotes(
    session: "Session", citations: list[int], known_at: "datetime | None", with_texts: bool
) -> "dict[int, Quote] | None":
    """The quotes by citation; None where they were not asked for."""
    if not with_texts:
        return None
    from planner.exchange.quotes import read_quotes

    return read_quotes(session, citations, known_at)


def _counted(mapped: "Mapped") -> str:
    return f"{len(mapped.rows)} crosswalk rows and {len(mapped.links)} links"


def _write(
    document: dict[str, Any],
    file: str,
    replace: bool,
    plan: "PlanView",
    what: str,
    quotes: "dict[int, Quote] | None" = None,
) -> None:
    """Write a document, and say on standard error what it holds and where it went."""
    from planner.exchange.json_bytes import json_bytes

    if file == STANDARD_OUTPUT:
        as_bytes(json_bytes(document))
    else:
        from planner.base.output_files import write_file
        from planner.weekly.file import expanded

        write_file(expanded(file), json_bytes(document), replace=replace)
    texts = "" if quotes is None else f", with the words of {len(quotes)} citations"
    simulated = "simulated data, " if plan.simulated else ""
    where = "standard output" if file == STANDARD_OUTPUT else file
    without = "" if plan.has_mandate else f" {NO_MANDATE_MESSAGE}"
    print_line(f"Wrote {simulated}{what}{texts} to {where}.{without}", err=True)
