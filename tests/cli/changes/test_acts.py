"""planner item, target and organisation, as typed."""

import json
from collections.abc import Callable

from planner.store.database import Database
from tests.command import CommandResult

Planner = Callable[..., CommandResult]

WHY = ("--reason", "The council decided so.", "--as-of", "2020-05-11")


def codes(planner: Planner, day: str) -> list[str]:
    return [item["code"] for item in json.loads(planner("items", "--as-of", day, "--format", "json").out)["items"]]


def test_items_are_added_edited_moved_and_split(planner: Planner, filled: Database) -> None:
    given = ("--title", "Tide tables", "--theme", "quays", "--lead", "archive", "--due", "2020-11-30")
    more = ("--kind", "task", "--measure", "M1.01", "--weight", "2", "--milestone", "2020-07-01=Tides watched")
    assert planner("item", "add", "N-1", *given, *more, *WHY).out == (
        "Recorded: N-1 is in the plan from 2020-05-11 on.\n"
    )
    assert ("N-1" in codes(planner, "2020-05-10"), "N-1" in codes(planner, "2020-05-11")) == (False, True)
    assert planner("item", "edit", "n1", "--title", "Tables of tides", *WHY).out == (
        "Recorded: N-1 is changed from 2020-05-11 on.\n  title: Tide tables → Tables of tides\n"
    )
    moved = planner("item", "move", "n1", "--theme", "2", "--measure", "M2.01", *WHY, "--format", "json")
    assert json.loads(moved.out)["item-changed"]["changes"] == {"theme": ["1", "2"], "measure": ["M1.01", "M2.01"]}
    split = planner("item", "split", "n1", "--part", "N-2=Watch", "--part", "N-3 = Print", *WHY)
    assert split.out.startswith("Recorded: N-1 is split into N-2, N-3 from 2020-05-11 on.\n")
    assert "Tables of tides" in planner("show", "n1").out


def test_a_target_is_revised(planner: Planner, filled: Database) -> None:
    assert planner("target", "revise", "T-001", "1", "--value", "8", *WHY).out == (
        "Recorded: the target of indicator 1 of T-001 is 8 by 2020-12-31 instead of 10 by 2020-12-31.\n"
    )


def test_organisations_are_added_renamed_merged_dissolved_and_listed(planner: Planner, filled: Database) -> None:
    for key in ("tides", "wells"):
        assert planner("organisation", "add", key, "--name", f"Board of {key}").exit_code == 0
    assert planner("organisation", "rename", "tides", "--name", "Tides [/]", *WHY).out == (
        "Recorded: tides is called Tides [/] from 2020-05-11 on.\n"
    )
    assert "Tides [/]" in planner("organisation", "list", "--search", "tides").out
    assert planner("organisation", "merge", "wells", "--into", "tides", *WHY).exit_code == 0
    done = planner("organisation", "dissolve", "harbour-office", "--lead", "tides", "--give", "t1=archive", *WHY)
    assert "  T-001 is led by town-archive\n" in done.out
    listed = planner("organisation").out
    assert ("merged into tides" in listed, "dissolved as of" in listed) == (True, True)
    assert "merged" not in planner("organisation", "list", "--search", "archive").out
    ends = json.loads(planner("organisation", "list", "--format", "json").out)["organisations"]
    assert {one["key"]: one["ended"]["into"] for one in ends if one["ended"]} == {
        "harbour-office": None,
        "wells": "tides",
    }
    assert planner("organisation", "list", "--search", "no such").out.endswith(
        "No organisation matches all these words.\n"
    )


def test_a_command_without_anything_to_change_says_what_it_needs(planner: Planner, filled: Database) -> None:
    for command, told in (
        (("item", "edit", "T-001"), "--title"),
        (("item", "move", "T-001"), "--theme"),
        (("target", "revise", "T-001", "1"), "--value"),
        (("item", "edit", "T-001", "--accountable", "ada", "--no-accountable"), "not both"),
    ):
        refused = planner(*command, *WHY)
        assert (refused.exit_code, told in refused.err) == (2, True)
    refused = planner("item", "split", "T-001", "--part", "N-2", *WHY)
    assert "'N-2' has no equals sign" in refused.err
