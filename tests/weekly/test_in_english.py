"""The weekly file is in English, whatever the reader's language is."""

import json
from datetime import date
from html import escape

from planner.base.language import LANGUAGE_VARIABLE, PSEUDO
from planner.store.database import Database
from planner.weekly.contents import fill_all
from planner.weekly.formats import Format, files_of
from planner.weekly.page import vega_lite
from planner.weekly.page.drawing import Spec
from planner.weekly.reading import open_week
from tests.factories import reading_of, report
from tests.weekly.week import LATER, W14


def test_a_week_has_the_same_bytes_in_every_language(sqlite_register, monkeypatch) -> None:
    # Drawing the charts takes seconds, and their texts are in what is drawn.
    monkeypatch.setattr(vega_lite, "rendered", undrawn)
    report(sqlite_register, as_of=date(2020, 4, 2), percent=20, done="Two quays.")
    written = files(sqlite_register)
    monkeypatch.setenv(LANGUAGE_VARIABLE, PSEUDO)
    assert files(sqlite_register) == written


def files(database: Database) -> dict[str, bytes]:
    """The files of a week by name, in all formats."""
    with database.reading() as session:
        found = fill_all(open_week(reading_of(session), now=LATER, week=W14), pictures=True)
    return {file.name: b"".join(file.content) for form in Format for file in files_of(found, form)}


def undrawn(spec: Spec) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>{escape(json.dumps(spec))}</text></svg>'
