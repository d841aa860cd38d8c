"""Finding the themes that files name, and the new ones that have to be added."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.base.language import later, tr, tr_count
from planner.base.texts import same_words
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.decided.both_changed import file_counts
from planner.intake.comparing.differences.changes import Stored
from planner.intake.comparing.differences.named import NewTheme, RenamedTheme, SameTheme
from planner.intake.comparing.exported.since import Since, SinceExport, not_exported
from planner.intake.comparing.matching import Match
from planner.intake.comparing.named.like_names import NEW, LikeNames, question_field
from planner.intake.comparing.named.renamed_themes import RenamedThemes
from planner.intake.comparing.same_values import title_words
from planner.intake.comparing.stored import StoredItem, StoredTheme
from planner.intake.comparing.telling.told import Told
from planner.intake.proposed import Field, Given, NamedTheme, ProposedRegister, ProposedRow
from planner.intake.sheets import Place

# What stands between the titles of a theme and of the one around it.
_ABOVE = " > "

_IS_NEW = later("no theme is called '{name}', but there is {names}")


class Themes:
    """The themes of the plan, found by their titles from the outermost theme to the innermost.

    A former title counts if no theme at the same place has it now, and only one had it.
    """

    def __init__(
        self,
        stored: Sequence[StoredTheme],
        asking: Asking,
        written: Counter[str],
        following: int | None = None,
        since: SinceExport = not_exported,
    ) -> None:
        """Take the themes of the plan. `written` has the titles that items of the files give.

        `following` is the number of the next theme, and `since` gives what changed since a row was exported.
        """
        self._since = since
        self._asking = asking
        self._like = LikeNames(asking, _IS_NEW, written)
        self._written = written
        self._renames = RenamedThemes(stored, asking)
        # The titles of themes that were removed after a file was exported that names them.
        self._gone: dict[int, str] = {}
        self._numbers: dict[tuple[int | None, str], int] = {}
        self._everywhere: dict[str, set[int]] = {}
        # The first title of each theme, and the number of the theme around it.
        self._titled: dict[int, tuple[str, int | None]] = {}
        self._former: dict[tuple[int | None, str], set[int]] = defaultdict(set)
        self._formerly_anywhere: dict[str, set[int]] = defaultdict(set)
        # The same by titles without a full stop behind them: lists have it or not.
        self._listed: dict[tuple[int | None, str], set[int]] = defaultdict(set)
        self._listed_anywhere: dict[str, set[int]] = defaultdict(set)
        self._next = following or max((theme.number for theme in stored), default=0) + 1
        self._labels: dict[tuple[str, ...], str] = {}
        self._stored = {theme.number: theme for theme in stored}
        # Themes that only answers about a title of several ones add: such a title goes on to mean one of several.
        self._answered_new: dict[str, int] = {}
        self.new: list[NewTheme] = []
        self.renamed: list[RenamedTheme] = []
        for theme in stored:
            for title in theme.titles:
                self._know(theme.number, title, theme.parent)
            for title in theme.known_by:
                self._former[theme.parent, same_words(title)].add(theme.number)
                self._formerly_anywhere[same_words(title)].add(theme.number)
                self._like.add(title)

    def _know(self, number: int, title: str, parent: int | None) -> None:
        self._titled.setdefault(number, (title, parent))
        self._numbers.setdefault((parent, same_words(title)), number)
        self._everywhere.setdefault(same_words(title), set()).add(number)
        self._listed[parent, title_words(title)].add(number)
        self._listed_anywhere[title_words(title)].add(number)
        self._like.add(title)

    def look_for_renamed(self, files: ProposedRegister, matches: Iterable[Match], stored: Iterable[StoredItem]) -> None:
        """Look where files have which items of the register, so that a new title of a known theme is asked about."""
        listed = (str(row.facts[Field.TITLE].value) for row in files.themes if _has_title(row))
        self._renames.look(files.items, matches, stored, (*self._written, *listed))

    def said_new(self) -> frozenset[int]:
        """Return the numbers of the new themes that are no known ones with another title, as a person said."""
        return frozenset(one.number for one in self.new if self._renames.is_said_new(self._path(one.number)))

    @property
    def same(self) -> tuple[SameTheme, ...]:
        """The titles of the files of which a person said that they mean a theme, which keeps its own title."""
        return tuple(self._renames.same.values())

    def named_by(self, given: Given, before: Collection[Stored] = ()) -> int:
        """Return the number of the theme that the value of an item names. One that is not known yet is added.

        If its title can be a slip, or several themes have it, a person says which theme is meant, for each row.
        `before` are themes that the item has, or had: if one of several is among them, this one is meant.
        """
        return self.number_of(titles_of(given), given.place, given, before)

    def number_of(
        self, titles: Sequence[str], place: Place, given: Given | None = None, before: Collection[Stored] = ()
    ) -> int:
        """Return the number of the theme with these titles. Themes that are not known yet are added.

        A single title is also found within another theme, if only one theme has it. `given` is the value of an item
        or a section that names the theme, and None for a row that lists themes: whoever lists one means to add it.
        """
        then = self._number_then(titles, place)
        if then is not None:
            return then
        only = self._only(titles[0], before) if len(titles) == 1 else None
        if only is not None:
            return only
        number: int | None = None
        for depth, title in enumerate(titles, 1):
            found = self._inside(number, title)
            if number is None and len(titles) == 1 and found == self._answered_new.get(same_words(title)):
                found = None
            if found is None and given is not None:
                found = self._meant(titles[:depth], number, given, is_last=depth == len(titles))
            number = found if found is not None else self._add(titles[:depth], number, place)
        assert number is not None
        return number

    def _meant(self, titles: Sequence[str], parent: int | None, given: Given, *, is_last: bool) -> int:
        """Return the number of the theme that a new title means: another one with a slip, or one that is added."""
        alone = is_last and parent is None
        title = titles[-1]
        several = self._choices(title, parent, alone=alone)
        if len(several) > 1:
            return self._one_of(several, title, given)
        # The question about a theme around another one has a name of its own, because both can be asked about.
        fact = question_field(given, Field.THEME) if is_last else Field.PARENT
        choices: dict[str, int] = {}

        def called(known: str) -> Sequence[str]:
            found = self._choices(known, parent, alone=alone)
            choices.update(found)
            return list(found)

        meant = self._like.meant(title, given, fact, called=called)
        number = choices.get(meant) or self._inside(parent, meant)
        if number is None:
            number = self._renamed((*titles[:-1], meant), parent, given, fact)
        if number is None:
            number = self._add((*titles[:-1], meant), parent, given.place)
        if meant == title or self._titled[number][0] == meant:
            # Of a title that only one theme has, one answer counts for all rows.
            self._numbers.setdefault((parent, same_words(title)), number)
        return number

    def _renamed(self, titles: Sequence[str], parent: int | None, given: Given, fact: Field | None) -> int | None:
        """Return the number of a known theme that has a new title in the files, or None if the theme is new."""
        found = self._renames.asked(titles, parent, given, fact)
        if found is None:
            return None
        theme = found.theme
        if found.is_renamed:
            self.renamed.append(RenamedTheme(theme.number, theme.titles[0], titles[-1], given.place))
            self._know(theme.number, titles[-1], parent)
        return theme.number

    def _choices(self, title: str, parent: int | None, *, alone: bool) -> Mapping[str, int]:
        """Return the themes that a title can mean inside another one, by the answers that say which is meant.

        A title that stands `alone` can be that of a theme at any place. If another theme has the title too, an answer
        has the titles around it.
        """
        inside = self._inside(parent, title)
        numbers = [inside] if inside is not None else sorted(self._anywhere(title)) if alone else []
        new = self._answered_new.get(same_words(title))
        if alone and inside is not None and inside == new:
            numbers = sorted(self._anywhere(title) - {new})
        return {self._answer(number, parent): number for number in numbers}

    def _answer(self, number: int, parent: int | None) -> str:
        title, own = self._titled[number]
        if own == parent or len(self._everywhere[same_words(title)]) == 1:
            return title
        return _ABOVE.join(self._path(number))

    def _one_of(self, paths: Mapping[str, int], title: str, given: Given) -> int:
        """Return which of several themes with a title an item means. The title alone does not say it."""
        number = len(paths)
        if same_words(title) in self._everywhere:
            what = tr_count(
                "{count:,} theme is called '{name}'", "{count:,} themes are called '{name}'", number, name=title
            )
        else:
            what = tr_count(
                "{count:,} theme was called '{name}'", "{count:,} themes were called '{name}'", number, name=title
            )
        do = tr("Answer with the one that is meant, or '{new}', or name the themes around it in the file", new=NEW)
        answer = self._asking.ask(given, question_field(given, Field.THEME), what, do, (*paths, NEW))
        if answer != NEW:
            return paths[answer] if answer is not None else next(iter(paths.values()))
        words = same_words(title)
        if words not in self._answered_new:
            self._answered_new[words] = self._add((title,), None, given.place)
        return self._answered_new[words]

    def names(self) -> Mapping[int, str]:
        """Return what people call each theme: its title, with those around it if several themes have the title."""
        titles = {number: title for number, (title, _) in self._titled.items()}
        titles |= {theme.number: theme.title for theme in self.renamed}
        having = Counter(map(same_words, titles.values()))

        def path(number: int) -> str:
            parent = self._titled[number][1]
            return titles[number] if parent is None else f"{path(parent)}{_ABOVE}{titles[number]}"

        return {number: path(number) if having[same_words(title)] > 1 else title for number, title in titles.items()}

    def _path(self, number: int) -> tuple[str, ...]:
        """Return the titles of a theme and of those around it, the outermost first."""
        title, parent = self._titled[number]
        return (*(self._path(parent) if parent is not None else ()), title)

    def _only(self, title: str, before: Collection[Stored]) -> int | None:
        """Return the number of the theme with this title, wherever it is, if only one has it, or only one of `before`.

        A theme that is in no other one has the title alone as its full name, so another one is not meant.
        """
        found = self._anywhere(title)
        if len(found) > 1 and self._inside(None, title) in (None, self._answered_new.get(same_words(title))):
            found = found.intersection(before)
        return next(iter(found)) if len(found) == 1 else None

    def _number_then(self, titles: Sequence[str], place: Place) -> int | None:
        """Return the number of the theme that had these titles when the row was exported, and has other ones now.

        A theme that was removed since is noted, unless another one has its title now.
        """
        since = self._since(place)
        number = since.themes.get(tuple(titles)) if since is not None else None
        if number is None or number in self._stored:
            return number
        if self._anywhere(titles[-1]):
            return None
        self._gone[number] = titles[-1]
        return number

    def gone_title(self, number: Stored) -> str | None:
        """Return the title of a theme that files name but that was removed since, or None for any other theme."""
        return self._gone.get(number)  # type: ignore[arg-type]

    def _anywhere(self, title: str) -> set[int]:
        words = same_words(title)
        found = self._everywhere.get(words) or self._formerly_anywhere.get(words)
        return found or self._listed_anywhere.get(title_words(title)) or set()

    def _inside(self, parent: int | None, title: str) -> int | None:
        """Return the number of the theme with this title inside another one, or None."""
        place = (parent, same_words(title))
        alike = self._former.get(place) or self._listed.get((parent, title_words(title))) or set()
        return self._numbers.get(place) or (next(iter(alike)) if len(alike) == 1 else None)

    def _add(self, titles: Sequence[str], parent: int | None, place: Place) -> int:
        number, self._next = self._next, self._next + 1
        label = self._labels.get(tuple(map(same_words, titles)))
        self.new.append(NewTheme(number, titles[-1], label, parent, place, self._path(parent) if parent else ()))
        self._know(number, titles[-1], parent)
        return number

    def take_rows(
        self,
        rows: Iterable[ProposedRow],
        asking: Asking,
        told: Told,
        *,
        take_file: bool = False,
    ) -> None:
        """Take the rows that list themes, in their order. `parent` has the titles above a theme.

        The author of a row that was exported from this plan renames a theme with another title than it had then. If the
        register has a newer title, people decide which of the two counts. No theme gets a title that another one has or
        gets: the items of the files name their themes by the titles.
        """
        listed = [_Listed(row, self._numbered(row), self._since(row.place)) for row in rows if _has_title(row)]
        claimed = {one.theme.number for one in listed if one.theme is not None}
        for one in listed:
            one.renumbered = self._renumbered(one, claimed)
        for one in listed:
            label = one.row.facts.get(Field.LABEL)
            if label is not None and label.value:
                self._labels[tuple(map(same_words, one.titles))] = str(label.value)
        wanted = Counter(one.wanted for one in listed if self._is_edited(one))
        for one in listed:
            _tell_emptied(one, told)
            if one.is_outdated:
                told.outdated(one.title, Field.TITLE)
            else:
                self._take(one, asking, told, is_only=wanted[one.wanted] == 1, take_file=take_file)

    def _take(self, one: "_Listed", asking: Asking, told: Told, *, is_only: bool, take_file: bool) -> None:
        theme = one.theme
        if theme is not None and self._is_edited(one):
            other = self._numbers.get((theme.parent, same_words(one.titles[-1])), theme.number)
            if not _counts(one, theme, asking, take_file=take_file):
                self._know(theme.number, one.titles[-1], theme.parent)
            elif is_only and other == theme.number:
                self.renamed.append(RenamedTheme(theme.number, theme.titles[0], one.titles[-1], one.row.place))
                self._know(theme.number, one.titles[-1], theme.parent)
            else:
                _tell_not_free(theme, one.title, asking)
            _tell_kept(one, theme, asking)
            return
        if theme is not None and one.known and same_words(theme.titles[0]) == same_words(one.titles[-1]):
            self._tell_not_moved(one, theme, asking)
            _tell_kept(one, theme, asking)
            return
        if one.renumbered is not None:
            told.not_taken(one.row.facts[Field.NUMBER], Field.NUMBER.value)
            self._tell_not_moved(one, one.renumbered, asking)
            return
        added = len(self.new)
        # Whoever lists a theme means to add it, unless the row has the number of a known one.
        may_be_known = isinstance(one.row, NamedTheme) or (theme is not None and not one.known)
        found = self.number_of(one.titles, one.row.place, one.title if may_be_known else None)
        if theme is not None and len(self.new) > added:
            _tell_another(theme, one.title, asking)
        number = one.row.facts.get(Field.NUMBER)
        if one.known and number is not None and len(self.new) == added and number.value != found:
            told.not_taken(number, Field.NUMBER.value)

    def _renumbered(self, one: "_Listed", claimed: Collection[int]) -> StoredTheme | None:
        """Return the theme with the title of an exported row that has a number of no theme, if no other row has it."""
        if one.theme is not None or not one.known or Field.NUMBER not in one.row.facts:
            return None
        found = [
            number for number in self._anywhere(one.titles[-1]) if number in self._stored and number not in claimed
        ]
        return self._stored[found[0]] if len(found) == 1 else None

    def _numbered(self, row: ProposedRow) -> StoredTheme | None:
        """Return the theme of the register with the number of a row."""
        number = row.facts.get(Field.NUMBER)
        return self._stored.get(number.value) if number is not None else None  # type: ignore[call-overload]

    def _is_edited(self, one: "_Listed") -> bool:
        """Return whether the author of a row, who knew the log until an event, gave its theme another title.

        If it has the title of then, or that of now, it is not edited.
        """
        if one.theme is None or not one.known:
            return False
        if same_words(one.titles[-1]) in {same_words(one.theme.title_at(one.known)), same_words(one.theme.titles[0])}:
            return False
        return self._is_at_its_place(one, one.theme)

    def _is_at_its_place(self, one: "_Listed", theme: StoredTheme) -> bool:
        """Return whether a row has a theme inside the theme that it is part of in the register."""
        parent: int | None = None
        for above in one.titles[:-1]:
            parent = self._inside(parent, above)
            if parent is None:
                return False
        return parent == theme.parent

    def _tell_not_moved(self, one: "_Listed", theme: StoredTheme, asking: Asking) -> None:
        """Say that an exported row which puts a theme into another one does not move it."""
        if not self._is_at_its_place(one, theme):
            what = tr("theme {number} stays where it is in the plan: an import moves no theme", number=theme.number)
            do = tr("Move it in the program: planner theme move {number}", number=theme.number)
            asking.remark(one.row.facts.get(Field.PARENT, one.title), Field.PARENT, what, do)


def _has_title(row: ProposedRow) -> bool:
    title = row.facts.get(Field.TITLE)
    return title is not None and bool(title.value)


class _Listed:
    """A row that lists a theme, with the theme of the register that has its number, and what its author knew."""

    def __init__(self, row: ProposedRow, theme: StoredTheme | None, since: Since | None) -> None:
        self.row, self.theme = row, theme
        # The last event that the author of an exported row knew, or 0 if nobody knows, as for a file of a past day.
        self.known = since.moment.event if since is not None and since.moment.day is None else 0
        self.title = row.facts[Field.TITLE]
        self.titles = (*titles_of(row.facts.get(Field.PARENT)), str(self.title.value))
        # Whether the row only repeats what the theme was then.
        self.is_outdated = since is not None and self.titles in since.themes
        # The theme of the row if its number was changed to one that no theme has.
        self.renumbered: StoredTheme | None = None
        # Which title at which place the row asks for.
        self.wanted = tuple(map(same_words, self.titles))


def _counts(one: _Listed, theme: StoredTheme, asking: Asking, *, take_file: bool) -> bool:
    """Return whether a new title in an exported file counts. If the register has a newer one too, it is asked."""
    if same_words(theme.title_at(one.known)) == same_words(theme.titles[0]):
        return True
    name = tr("theme {number}, title", number=theme.number)
    return file_counts(asking, one.title, name, theme.titles[0], take_file=take_file)


def _tell_another(theme: StoredTheme, title: Given, asking: Asking) -> None:
    """Say that a title which differs from that of the theme with the row's number makes a new theme beside it."""
    what = tr(
        "the register's theme {number} is '{title}': another title makes a new theme, and renames none",
        number=theme.number,
        title=theme.titles[0],
    )
    do = tr("If the theme has a new title, rename it first: planner theme rename {number}", number=theme.number)
    asking.remark(title, Field.TITLE, what, do)


def _tell_not_free(theme: StoredTheme, title: Given, asking: Asking) -> None:
    """Say that a theme does not get a title that another theme has or gets."""
    what = tr(
        "theme {number} stays '{title}', because another theme has this title, or gets it from the files too",
        number=theme.number,
        title=theme.titles[0],
    )
    do = tr("Rename the themes one after the other: planner theme rename {number}", number=theme.number)
    asking.remark(title, Field.TITLE, what, do)


def _tell_kept(one: _Listed, theme: StoredTheme, asking: Asking) -> None:
    """Say that an exported row with another printed number of a theme does not change it."""
    label = one.row.facts.get(Field.LABEL)
    if label is not None and label.value and str(label.value) != (theme.label or ""):
        what = tr(
            "theme {number} keeps its printed number '{label}': an import changes none",
            number=theme.number,
            label=theme.label or "",
        )
        do = tr("Give it another one in the program: planner theme rename {number}", number=theme.number)
        asking.remark(label, Field.LABEL, what, do)


def _tell_emptied(one: _Listed, told: Told) -> None:
    """Note the printed number of a theme whose cell somebody emptied in an exported row."""
    label = one.row.facts.get(Field.LABEL)
    if one.known and one.theme is not None and one.theme.label and label is not None and label.value is None:
        told.emptied(label, Field.LABEL)


def titles_of(given: Given | None) -> tuple[str, ...]:
    """Return the titles that a value names, from the outermost to the innermost."""
    if given is None or not given.value:
        return ()
    return given.value if isinstance(given.value, tuple) else (str(given.value),)
