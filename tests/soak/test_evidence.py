"""One pack of evidence per theme of the bundled plan, all official texts attached, each verified on a bare Python."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from planner.base.resources import bundled
from planner.bundle.reader import read_bundle
from planner.evidence.anchor import Anchoring
from planner.evidence.pack import make_pack
from planner.integrity.keys import PrivateKey
from planner.integrity.verifying import read_origin
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store import making
from planner.store.database import Database
from planner.store.location import parse
from planner.store.models import Item, Theme
from tests.factories import ACTOR, load_bundle, plan_of, reading_of, writing_by

# Every Python there is, oldest first; named in the environment, else the one that runs the tests.
PYTHONS = os.environ.get("PLANNER_BARE_PYTHONS", sys.executable).split(os.pathsep)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The bundled plan."""
    database = making.make(parse(str(tmp_path_factory.mktemp("themes") / "register.sqlite"), "test"))
    load_bundle(database, read_bundle(bundled("seeds")))
    yield database
    database.close()


@pytest.fixture(scope="module")
def with_texts(register: Database, official_texts: Path) -> Database:
    """The bundled plan with the official texts attached; asked for after the plan without them was tried."""
    with register.reading() as session:
        examined = examine(files_of([official_texts]), read_cited_documents(session))
    with register.writing() as session:
        attach(writing_by(session, ACTOR, datetime(2020, 4, 1, tzinfo=UTC)), examined.copies)
    return register


@pytest.mark.soak
def test_one_pack_per_theme_verifies_on_a_bare_python(register: Database, tmp_path: Path) -> None:
    assert_packs_verify(register, tmp_path, quoted=False)


@pytest.mark.soak
def test_one_pack_per_theme_verifies_with_the_official_texts(with_texts: Database, tmp_path: Path) -> None:
    assert_packs_verify(with_texts, tmp_path, quoted=True)


def assert_packs_verify(register: Database, folder: Path, *, quoted: bool) -> None:
    first = select(Theme.number, func.min(Item.code)).join(Item, Item.theme_id == Theme.id).group_by(Theme.number)
    with register.reading() as session:
        key, plan = PrivateKey.new(read_origin(session)), plan_of(session)
        codes = {number: code for number, code in session.execute(first)}  # noqa: C416  (rows are not pairs to mypy)
        assert sorted(codes) == [theme.number for theme in plan.themes]
        for number, code in sorted(codes.items()):
            pack = make_pack(reading_of(session, plan.ends), code, Anchoring(key=key), lambda name, by=1: None)
            (folder / f"{number}.zip").write_bytes(pack)
    for number, code in sorted(codes.items()):
        with zipfile.ZipFile(folder / f"{number}.zip") as archive:
            archive.extractall(folder)
        for python in PYTHONS:
            bare = [python, "-I", "-S", "verify.py", "--public-key", key.public.text]
            done = subprocess.run(bare, cwd=folder / f"evidence-{code}", capture_output=True, text=True)
            assert (done.returncode, done.stderr) == (0, ""), f"theme {number}: {done.stdout}"
            lines = done.stdout.splitlines()
            assert lines[0].startswith("Holds:"), lines
            # Without the official texts there are no words of theirs to check.
            assert ("  + Quotes: 0 verbatim texts" in done.stdout) is not quoted
        print(f"\ntheme {number}, {code}, {len(PYTHONS)} Pythons: " + "; ".join(lines[4:6] + lines[7:9]))
