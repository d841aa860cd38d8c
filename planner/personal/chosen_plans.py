"""The plan that a person chose to work with in each register that holds several."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.base.errors import FileTroubleError
from planner.base.language import tr
from planner.personal.drafts import register_address
from planner.personal.person_file import changing, read_json
from planner.store import location

FORMAT = "planner-plans/1"
FILE_NAME = "plans.json"


def chosen_plans_file() -> Path:
    """Return the file with the current user's choices."""
    return location.data_folder() / FILE_NAME


def chosen_plan(address: str) -> str | None:
    """Return the key of the plan that was chosen for the register at an address, or None if none was chosen.

    A file that cannot be read counts as no choice: the person is then asked to name the plan.
    """
    try:
        return (read_json(chosen_plans_file(), FORMAT, _decoded) or {}).get(register_address(address))
    except FileTroubleError:
        return None


def choose_plan(address: str, key: str) -> None:
    """Remember the plan to use in the register at an address.

    Raises FileTroubleError if the file cannot be read or written.
    """
    with changing(chosen_plans_file(), FORMAT, _decoded) as data:
        data["plans"] = {**data.get("plans", {}), register_address(address): key}


def _decoded(data: dict[str, Any]) -> Mapping[str, str]:
    """Return the choices in a file's content. Raises ValueError with the reason if it is invalid."""
    plans = data.get("plans", {})
    if not isinstance(plans, dict) or not all(isinstance(key, str) for key in plans.values()):
        raise ValueError(tr("the file has no table of plans"))
    return plans
