"""Generated acts on the small plan, each as the command line that a person would type on the day."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

Line = tuple[str, ...]

# Titles and names in the scripts of several offices, and one that looks like markup.
_TEXTS = ("修复码头", "항만 사업", "خطة الميناء", "Ωmega πier", "港の灯台", "odd [/] x", "Mend quays")
_CODES = ("T-001", "T-002", "T-003", "P-001", "P-002", "N-1", "K-1", "A-1", "B-1")
_BODIES = ("harbour-office", "town-archive", "tide-board")
_LOGINS = ("brook", "dora", "frida", "emil")
_LINKS = ("M1.01:old:duty-1", "M1.02:new:duty-1", "M2.01:old:duty-2", "M2.02:new:duty-3.1")
WHY = ("--reason", "Agreed.")

texts = st.builds(lambda text, number: f"{text} {number}", st.sampled_from(_TEXTS), st.integers(1, 99))
codes, bodies, logins = st.sampled_from(_CODES), st.sampled_from(_BODIES), st.sampled_from(_LOGINS)
numbers = st.integers(1, 3).map(str)
values = st.integers(1, 99).map(str)
themes = st.sampled_from(("1", "2", "3"))
later_days = st.integers(100, 260).map(lambda days: str(date(2020, 4, 1) + timedelta(days=days)))


def _line(command: str, *parts: "str | st.SearchStrategy[str]") -> st.SearchStrategy[Line]:
    """A command with its arguments, of which some are drawn."""
    drawn = [part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts]
    return st.tuples(*drawn).map(lambda rest: (*command.split(), *rest))


def _with_reason(command: str, *parts: "str | st.SearchStrategy[str]") -> st.SearchStrategy[Line]:
    return _line(command, *parts, *WHY)


_ON_ITEMS: Sequence[st.SearchStrategy[Line]] = (
    _with_reason("item edit", codes, "--title", texts),
    _with_reason("item edit", codes, "--code", codes),
    _with_reason("item edit", codes, "--weight", values, "--note", texts),
    _with_reason("item edit", codes, "--accountable", logins),
    _with_reason("item edit", codes, "--measured-by", st.sampled_from(("milestones", "reports"))),
    _with_reason("item move", codes, "--theme", themes, "--lead", bodies),
    _with_reason("item move", codes, "--theme", "2", "--measure", st.sampled_from(("M2.01", "M2.02"))),
    _with_reason("item support", codes, "--supporting", bodies),
    _with_reason("item support", codes, "--no-longer", bodies),
    _with_reason("item split", codes, "--part", texts.map(lambda text: f"A-1={text}"), "--part", "B-1=Other half"),
    _with_reason(
        *("item add", st.sampled_from(("N-1", "K-1")), "--title", texts, "--theme", themes, "--lead", bodies),
        *("--due", later_days, "--kind", "task", "--yes"),
    ),
    _with_reason("item add-milestone", codes, "--title", texts, "--due", later_days),
    _with_reason("item remove-milestone", codes, numbers),
    _with_reason("indicator add", codes, "--name", texts, "--unit", "lamps", "--direction", "increase"),
    _with_reason("indicator remove", codes, numbers),
    _with_reason("target add", codes, numbers, "--value", values, "--due", later_days),
    _with_reason("target revise", codes, numbers, "--value", values),
    _with_reason("due", codes, "--move", later_days, "--yes"),
    _with_reason("milestone", codes, numbers, "--move", later_days, "--yes"),
    _line("milestone", codes, numbers, "--forecast", later_days, "--yes"),
)
_REPORTS: Sequence[st.SearchStrategy[Line]] = (
    _line("update", codes, "--phase", "in_progress", "--percent", values, "--done", texts, "--yes"),
    _line("update", codes, "--confidence", st.sampled_from(("green", "amber", "red")), "--blocker", texts, "--yes"),
    _line("update", codes, "--phase", "completed", "--evidence", texts, "--yes"),
    _line("update", codes, "--phase", "cancelled", "--ending-reason", texts, "--yes"),
    _line("update", codes, "--phase", "merged", "--merged-into", codes, "--ending-reason", texts, "--yes"),
    _line("observe", codes, numbers, values),
)
_ON_THE_REST: Sequence[st.SearchStrategy[Line]] = (
    _with_reason("organisation rename", bodies, "--name", texts),
    _with_reason("organisation merge", bodies, "--into", bodies),
    _with_reason("organisation dissolve", bodies, "--lead", bodies),
    _line("organisation add", "tide-board", "--name", texts),
    _with_reason("theme add", "--title", texts),
    _with_reason("theme rename", themes, "--title", texts),
    _with_reason("kind rename", st.sampled_from(("task", "key_project")), "--title", texts),
    _with_reason("kind merge", st.sampled_from(("task", "key_project")), "--into", "task"),
    _with_reason("theme merge", themes, "--into", themes),
    _with_reason("theme move", themes, "--inside", themes),
    _with_reason("theme move", themes, "--outside"),
    _with_reason("theme remove", themes),
    _with_reason("plan edit", "harbour-2020", "--title", texts),
    _with_reason("plan edit", "harbour-2020", "--total", values.map(lambda value: f"items={value}")),
    _with_reason("plan edit", "harbour-2020", "--organisation", bodies),
    _with_reason("plan edit", "harbour-2020", "--ends", "2021-01-31"),
    _line("people add", logins, "--name", texts, "--role", "officer", "--organisation", bodies),
    _with_reason("people change", logins, "--name", texts),
    _with_reason("people change", logins, "--organisation", bodies),
    _with_reason("people leave", logins),
    _with_reason("people come-back", logins),
    _with_reason("people give-items", logins, "--to", logins),
    _with_reason("findings accept", "item-without-clause", codes, "--until", "2020-12-01"),
    _with_reason("findings reopen", "item-without-clause", codes),
)

# Acts that hold from the day on which they are made.
DATED = st.one_of(*_ON_ITEMS, *_REPORTS, *_ON_THE_REST)

# What changes what was so on earlier days too: it is only left out as known at an instant.
_NOT_DATED: Sequence[st.SearchStrategy[Line]] = (
    _line("confirm", codes, "--yes"),
    _with_reason("return", codes, "--yes"),
    _line("undo", "--yes"),
    _line("import", st.sampled_from(("first.csv", "second.csv")), "--yes", "--match-likely"),
    _with_reason("item remove", codes),
    _with_reason("links review", st.sampled_from(_LINKS), "--accept", "--yes"),
    _with_reason("links review", st.sampled_from(_LINKS), "--reject", "--yes"),
    _with_reason("links review", st.sampled_from(_LINKS), "--coverage", "partial", "--yes"),
    _line(
        *("links add", codes, "--clause", st.sampled_from(("old:duty-1", "new:duty-3.1")), "--type", "supports"),
        *("--coverage", "partial", "--rationale", texts),
    ),
    _with_reason("plan close", "harbour-2020"),
    _with_reason("plan reopen", "harbour-2020"),
    _line("update", codes, "--percent", values, "--done", texts, "--as-of", "-1w", "--yes"),
    _with_reason("item edit", codes, "--title", texts, "--as-of", "-1w"),
    _with_reason("organisation rename", bodies, "--name", texts, "--as-of", "-1w"),
)
ANY = st.one_of(DATED, *_NOT_DATED)

# The files that are imported: changed items, and new ones in several scripts.
FILES = {
    "first.csv": "Code,Task,Theme,Lead,Due,Percent\nT-001,修复所有码头,1,Harbour Office,2020-12-30,40\n"
    "Z-1,새 등대,2,Town Archive,2020-11-30,\n",
    "second.csv": "Code,Task,Due\nT-002,مدربو المنارة,2020-11-15\nP-001,Build the light,2020-12-20\n",
}
