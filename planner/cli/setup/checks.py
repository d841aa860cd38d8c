"""The checks of `planner doctor`. None of them changes anything, and each says what to do about what it finds."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from planner.base.errors import MissingLibraryError, NoDatabaseError, PlannerError
from planner.base.language import LANGUAGE_VARIABLE, languages, later, nearest_language, tr
from planner.base.listing import listed
from planner.cli.context import Context
from planner.cli.setup.for_administrators import read_for_administrator
from planner.domain.plain_words import plain


class State(StrEnum):
    """What a check found: something to mend, a part of the program that cannot be used, or nothing."""

    WRONG = "wrong"
    LIMITED = "limited"
    RIGHT = "right"


# The words for the states, worst first, and their symbols.
STATES = {State.WRONG: later("wrong"), State.LIMITED: later("limited"), State.RIGHT: later("right")}
SIGNS = {State.WRONG: "✗", State.LIMITED: "!", State.RIGHT: "✓"}

# The smallest terminal for which the app's screens are made: columns and lines.
SMALLEST = (80, 24)

# The extras of the package that only developers need.
NOT_FOR_USERS = ("dev", "docs", "pictures")

# Words in the scripts of the bundled plan, by which a person sees whether the font has them.
SAMPLE = "● ◐ ○ ▲ │ 计划 계획 خطة"

_EXTRA = re.compile(r"""^([\w.-]+).*; *extra *== *['"](\w+)['"]""", re.ASCII)


@dataclass(frozen=True)
class Check:
    """What one check found. `do` says how to mend it, and is empty if nothing has to be mended."""

    about: str
    state: State
    found: str
    do: str = ""


def all_checks(context: Context) -> Iterator[Check]:
    """Yield what each check finds."""
    yield _python()
    yield _terminal()
    yield _characters()
    yield _language()
    yield _database(context)
    yield from _not_set_up(context)
    yield from _extras()
    yield from _fonts_of_pages()
    yield from _folders()
    yield _settings()


def _python() -> Check:
    from planner import __version__

    version = ".".join(map(str, sys.version_info[:3]))
    return Check(
        later("program"), State.RIGHT, tr("planner {own} on Python {version}", own=__version__, version=version)
    )


def _terminal() -> Check:
    """Check whether the app can run here."""
    from planner.cli.setup.app import why_no_app

    about = later("terminal")
    if obstacle := why_no_app():
        return Check(about, State.LIMITED, f"{obstacle}.", tr("Open a terminal for the app. Commands work here, too."))
    size = shutil.get_terminal_size()
    shown = tr("{columns} columns and {lines} lines", columns=size.columns, lines=size.lines)
    if size.columns < SMALLEST[0] or size.lines < SMALLEST[1]:
        do = tr("Make the window at least {columns} columns wide and {lines} lines high.", columns=80, lines=24)
        return Check(about, State.LIMITED, shown, do)
    return Check(about, State.RIGHT, shown)


def _characters() -> Check:
    """Check whether the output can have all scripts. Only a person can see whether the font has them."""
    about, encoding = later("characters and font"), (getattr(sys.__stdout__, "encoding", None) or "ascii")
    try:
        SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        found = tr("the encoding {encoding} lacks characters, which are shown as question marks", encoding=encoding)
        return Check(about, State.WRONG, found, tr("Set a UTF-8 locale, such as: export LANG=C.UTF-8"))
    if plain():
        return Check(about, State.RIGHT, encoding)
    do = tr("If you see boxes, choose another font in the settings of the terminal, such as Noto Sans Mono CJK.")
    return Check(about, State.RIGHT, f"{encoding}: {SAMPLE}", do)


def _language() -> Check:
    named = os.environ.get(LANGUAGE_VARIABLE, "").strip()
    about = later("language")
    if named and nearest_language(named) is None:
        found = tr("{variable} is '{name}', which has no translation", variable=LANGUAGE_VARIABLE, name=named)
        return Check(about, State.WRONG, found, tr("Set it to one of {languages}.", languages=", ".join(languages())))
    return Check(about, State.RIGHT, named or languages()[0])


def _database(context: Context) -> Check:
    """Check whether the register can be opened, and as whom."""
    from planner.queries.people.people import read_person
    from planner.store.location import shown

    about = later("database")
    try:
        where = shown(context.url)
        with context.reading() as reading:
            person = read_person(reading.session, context.actor.name)
            title = reading.plan.title
    except NoDatabaseError as error:
        # Nothing is wrong before the first plan is made.
        return Check(about, State.LIMITED, error.message)
    except PlannerError as error:
        return Check(about, State.WRONG, error.message)
    found = tr("{where}: {title}", where=where, title=title)
    if person is None:
        do = tr("You can only read. An administrator adds you with 'planner people add'.")
        return Check(about, State.LIMITED, found, do)
    return Check(about, State.RIGHT, found)


def _not_set_up(context: Context) -> Iterator[Check]:
    """Yield for an administrator what is missing in the register. Who cannot add it is not told."""
    try:
        found = read_for_administrator(context)
    except PlannerError:
        # The check of the database says why it cannot be read.
        return
    for one in found:
        yield Check(later("not set up yet"), State.LIMITED, one.what, tr("Use: {command}", command=one.do))


def _fonts_of_pages() -> Iterator[Check]:
    """Check whether PDFs and pictures can have the letters of the bundled plan."""
    from planner.weekly.typesetting import letters_without_font, scripts_of

    about = later("fonts for PDFs and pictures")
    try:
        missing = letters_without_font(SAMPLE)
    except MissingLibraryError:
        # The check of the optional parts says so.
        return
    if not missing:
        yield Check(about, State.RIGHT, SAMPLE)
        return
    found = tr("this computer has no font for some letters ({scripts})", scripts=scripts_of(missing))
    do = tr("Install fonts that have them, such as Noto. Until then, PDFs show a box in place of each such letter.")
    yield Check(about, State.LIMITED, found, do)


def _extras() -> Iterator[Check]:
    """Check for each optional part of the program whether its libraries are installed."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        needed = [found.groups() for line in requires("planner") or () if (found := _EXTRA.match(line))]
    except PackageNotFoundError:
        return
    for extra in sorted({extra for _, extra in needed}.difference(NOT_FOR_USERS)):
        names = sorted({name for name, of in needed if of == extra and name != "planner"})
        missing = [name for name in names if not _is_installed(name)]
        if missing:
            do = tr("Install it with: {command}", command=f"pip install 'planner[{extra}]'")
            yield Check(
                later("optional part"),
                State.LIMITED,
                tr("'{extra}' lacks {names}", extra=extra, names=listed(missing)),
                do,
            )
        else:
            yield Check(later("optional part"), State.RIGHT, extra)


def _is_installed(name: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _folders() -> Iterator[Check]:
    """Check whether what the program keeps for one person can be written. A missing folder is made when needed."""
    from planner.base.user_folders import settings_file
    from planner.personal.state import state_folder
    from planner.store.location import data_folder

    for folder in (data_folder(), state_folder(), settings_file().parent):
        there = next(one for one in (folder, *folder.parents) if one.exists())
        if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
            yield Check(later("folder"), State.RIGHT, str(folder))
        else:
            do = tr("Let yourself write there: {command}", command=f"chmod u+rwx '{there}'")
            yield Check(later("folder"), State.WRONG, tr("{folder} cannot be written", folder=there), do)


def _settings() -> Check:
    """Check the person's settings file."""
    from planner.base.user_folders import settings_file
    from planner.personal.settings import read_settings
    from tui.keys.remapping import catalog

    file: Path = settings_file()
    troubles = read_settings(file, catalog()).troubles
    if troubles:
        return Check(later("settings file"), State.WRONG, " ".join(troubles), tr("Correct the file: {file}", file=file))
    found = str(file) if file.exists() else tr("there is none, so the default keys apply")
    return Check(later("settings file"), State.RIGHT, found)
