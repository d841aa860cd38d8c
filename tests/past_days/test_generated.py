"""A plan lives through generated acts, week by week. What was said at the end of a week is said of it later too."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import new_postgresql_database
from tests.effort import EFFORT
from tests.past_days.acts import ANY, DATED, Line
from tests.past_days.answers import AS_OF, OF_WEEK
from tests.past_days.living import a_life, faults_in, told_and_told_later

Weeks = Sequence[Sequence[Line]]

codes = st.sampled_from(("T-001", "T-002", "P-001", "N-1", "A-1"))
some_lines = st.lists(st.sampled_from((*AS_OF, *OF_WEEK)), min_size=3, max_size=5, unique=True)


def weeks_of(acts: st.SearchStrategy[Line]) -> st.SearchStrategy[Weeks]:
    """Two or three weeks with up to five acts each."""
    return st.lists(st.lists(acts, min_size=1, max_size=5), min_size=2, max_size=3)


def compare(file: Path, weeks: Weeks, lines: Sequence[str], code: str, *, known: bool) -> None:
    """See that a copy of the register tells of each week later what it told at its end, and that it is in order."""
    with a_life() as (folder, clock):
        address = str(folder / "register.sqlite")
        shutil.copy(file, address)
        told, later = told_and_told_later(address, clock, weeks, lines, code, known=known)
        assert later == told
        assert faults_in(address) == []


@pytest.mark.more
@settings(max_examples=2 * EFFORT)
@given(weeks_of(DATED), some_lines, codes)
def test_a_past_day_is_told_as_it_was_told_on_that_day(
    loaded_file: Path, weeks: Weeks, lines: Sequence[str], code: str
) -> None:
    compare(loaded_file, weeks, lines, code, known=False)


@settings(max_examples=2 * EFFORT)
@given(weeks_of(ANY), some_lines, codes)
def test_what_was_known_is_told_whatever_was_recorded_later(
    loaded_file: Path, weeks: Weeks, lines: Sequence[str], code: str
) -> None:
    compare(loaded_file, weeks, lines, code, known=True)


@pytest.mark.more
@settings(max_examples=2 * EFFORT)
@given(weeks_of(ANY), some_lines, codes)
def test_it_is_so_on_a_server_too(
    postgresql_server: str, loaded_database: str, weeks: Weeks, lines: Sequence[str], code: str
) -> None:
    with a_life() as (_, clock), new_postgresql_database(postgresql_server, template=loaded_database) as url:
        address = url.render_as_string(hide_password=False)
        told, later = told_and_told_later(address, clock, weeks, lines, code, known=True)
        assert later == told
        assert faults_in(address) == []
