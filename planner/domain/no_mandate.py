"""What is said of a plan that has no mandate, and how it gets one."""

from planner.base.command_names import command_with
from planner.base.language import tr, tr_later
from planner.domain.vocabulary import NO_MANDATE_MESSAGE

_FILE = "FILE"


def no_mandate_yet(waiting: str | None) -> str:
    """Return the message of screens and lists that have nothing to show because the plan has no mandate.

    `waiting` is the key of an open proposal of its first one.
    """
    if waiting is not None:
        how = f"{how_to_give_a_mandate(waiting)}."
    else:
        how = tr("To give it one, use: {command}", command=_command())
    return f"{tr_later(NO_MANDATE_MESSAGE)} {how}"


def how_to_give_a_mandate(waiting: str | None = None) -> str:
    """Return what to do, after an error about a plan that has no mandate. `waiting` is the key of an open proposal."""
    if waiting is not None:
        review, adopt = command_with(f"mandate review {waiting}"), command_with(f"mandate adopt {waiting}")
        return tr("A proposal waits: use '{review}', then '{adopt}'", review=review, adopt=adopt)
    return tr("Propose one from a text of the duties with '{command}'", command=_command())


def _command() -> str:
    return command_with(f"mandate add {_FILE}", key="KEY")
