"""What is said of a plan that has no mandate, and how it gets one."""

from planner.base.command_names import command_with
from planner.base.language import tr, tr_later
from planner.domain.vocabulary import NO_MANDATE_MESSAGE

_FILE = "FILE"


def no_mandate_yet() -> str:
    """Return the message of screens and lists that have nothing to show because the plan has no mandate."""
    how = tr("To give it one, use: {command}", command=_command())
    return f"{tr_later(NO_MANDATE_MESSAGE)} {how}"


def how_to_give_a_mandate() -> str:
    """Return what to do, after an error about a plan that has no mandate."""
    return tr("Propose one from a text of the duties with '{command}'", command=_command())


def _command() -> str:
    return command_with(f"mandate add {_FILE}", key="KEY")
