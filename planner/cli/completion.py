"""Completing codes, organisations and weeks in a shell, before click is imported.

click completes everything else, such as the names of commands and options. The shell runs the completion script of
click in both cases, so this module reads the variables that the script sets, and prints suggestions in the format that
the script expects.
"""

# docs/decisions/0122: importing click, or any other module of the program, would take as long as the whole answer.
import os
import sys

SHELLS = ("bash_complete", "zsh_complete", "fish_complete")

ITEM, MEASURE, ORGANISATION, WEEK = "items", "measures", "organisations", "weeks"

# The commands whose first argument is an item's code, and those that take any number of codes.
ONE_ITEM = frozenset(
    {
        *(
            "show",
            "update",
            "milestone",
            "due",
            "observe",
            "assess",
            "confirm",
            "return",
            "answer",
            "trace",
            "log",
            "evidence",
        ),
        *("drafts show", "drafts discard", "indicator add", "indicator remove", "target add", "target revise"),
        *("item add-milestone", "item remove-milestone", "item edit", "item move"),
        *("item remove", "item split", "item support", "extension ask", "extension grant", "extension refuse"),
    }
)
# The groups whose subcommands take codes.
GROUPS = frozenset({"drafts", "extension", "indicator", "item", "target", "weekly"})
MANY_ITEMS = frozenset({"bulk", "outlook", "calendar"})
# The commands whose arguments are weeks, with the number of these arguments.
WEEKS = {"weekly compare": 2, "weekly reissue": 1}

# The options whose values are completed here. They mean the same in every command.
OPTIONS = {
    "--lead": ORGANISATION,
    "--for": ORGANISATION,
    "--body": ORGANISATION,
    "--organisation": ORGANISATION,
    "--measure": MEASURE,
    "--merged-into": ITEM,
    "--org": ORGANISATION,
    "--into": ORGANISATION,
    "--supporting": ORGANISATION,
    "--no-longer": ORGANISATION,
    "--take-sheet": ITEM,
    "--leave-out": ITEM,
    "--item": ITEM,
    "--week": WEEK,
}
# The options of these commands that take no value.
FLAGS = frozenset(
    {
        *("--all", "--course", "--debug", "--help", "-h", "--no-accountable", "--not-met", "--plain", "--preview"),
        "--replace",
        *("--computed", "--open", "--unchanged", "--verify", "--yes"),
    }
)


def answer(shell: str) -> bool:
    """Print suggestions if a shell asks for a code, an organisation or a week. Return False if click must answer.

    `shell` is the value of the variable that click's script sets.
    """
    if shell not in SHELLS:
        return False
    try:
        words, typed = _typed(shell)
    except (KeyError, ValueError):
        return False
    kind = _kind(_from_command_on(words))
    if kind is None or typed.startswith("-"):
        return False
    file = _file(_given(words, "--db"))
    if file is not None:
        from planner.queries import suggestions

        plan = _given(words, "--plan") or os.environ.get("PLANNER_PLAN", "")
        found = suggestions.suggested(file, kind, typed, plan, lambda: _chosen_plan(file))
        sys.stdout.write("".join(_line(shell, *one) for one in found))
    return True


def _given(words: list[str], option: str) -> str | None:
    """Return the value that the line gives to an option of the main command, or None. It may follow the command."""
    value = None
    for place, word in enumerate(words):
        if word == option:
            value = "".join(words[place + 1 : place + 2])
        elif word.startswith(f"{option}="):
            value = word.removeprefix(f"{option}=")
    return value


def _chosen_plan(file: str) -> str | None:
    """Return the key of the plan that the person chose for the register in a file. Few registers have several plans."""
    from planner.personal.chosen_plans import chosen_plan

    return chosen_plan(file)


def _typed(shell: str) -> tuple[list[str], str]:
    """Return the words before the word at the cursor, and the typed beginning of that word.

    The name of the program is left out of the words.
    """
    words, place = _split(os.environ["COMP_WORDS"]), os.environ["COMP_CWORD"]
    if shell != "fish_complete":
        number = int(place)
        return words[1:number], words[number] if number < len(words) else ""
    typed = _split(place)[0] if place else ""
    before = words[1:]
    # fish repeats the word that is completed at the end.
    return before[:-1] if typed and before[-1:] == [typed] else before, typed


def _split(line: str) -> list[str]:
    """Split a command line into words. The slower rules of a shell are only applied if the line contains quotes."""
    if not any(character in line for character in "'\"\\"):
        return line.split()
    import shlex

    return shlex.split(line)


def _from_command_on(words: list[str]) -> list[str]:
    """Return the words from the command on, without the options before it."""
    place = 0
    while place < len(words) and words[place].startswith("--"):
        place += 1 if "=" in words[place] or words[place] in FLAGS else 2
    return words[place:]


def _kind(words: list[str]) -> str | None:
    """Return the kind of value that may follow these words: an item, a week and so on, or None for anything else."""
    # bash splits --lead=x into three words.
    words = words[:-1] if words[-1:] == ["="] else words
    if len(words) < 1:
        return None
    last = words[-1]
    if last.startswith("-") and last not in FLAGS:
        return OPTIONS.get(last)
    length = 2 if words[0] in GROUPS else 1
    command = " ".join(words[:length])
    if command in MANY_ITEMS:
        return ITEM
    given = len(_arguments(words[length:]))
    if given < WEEKS.get(command, 0):
        return WEEK
    return ITEM if command in ONE_ITEM and not given else None


def _arguments(words: list[str]) -> list[str]:
    """Return the words of a command line that are neither options nor values of options."""
    found, is_value = [], False
    for word in words:
        if not is_value and not word.startswith("-"):
            found.append(word)
        is_value = not is_value and word.startswith("-") and word not in FLAGS and "=" not in word
    return found


def _file(option: str | None) -> str | None:
    """Return the path of the SQLite file that the command would open. Return None if the register is on a server."""
    given = option if option is not None else os.environ.get("PLANNER_DB")
    if option is not None and not option.strip():
        return None
    if not given:
        from planner.store.location import chosen_address

        given, _ = chosen_address(None)
    if given.startswith("sqlite:///"):
        return given.removeprefix("sqlite:///").partition("?")[0]
    if given.startswith("~"):
        from pathlib import Path

        given = str(Path(given).expanduser())
    return None if "://" in given else given


def _line(shell: str, value: str, label: str) -> str:
    """Return a suggestion in the format that click's completion script for the shell reads. bash shows no labels."""
    if shell == "zsh_complete":
        return f"plain\n{value}\n{label or '_'}\n"
    if shell == "fish_complete":
        # The script cuts a label at a comma.
        return f"plain,{value}\t{label.replace(',', ' ')}\n" if label else f"plain,{value}\n"
    return f"plain,{value}\n"
