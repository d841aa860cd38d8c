"""planner item, target and organisation, as typed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.store.database import Database
from tests.command import CommandResult

Planner = Callable[..., CommandResult]

WHY = ("--reason", "The council decided so.", "--as-of", "2020-05-11")


def codes(planner: Planner, day: str) -> list[str]:
    return [item["code"] for item in json.loads(planner("items", "--as-of", day, "--format", "json").out)["items"]]


def theme_numbers(planner: Planner) -> list[int]:
    return [one["number"] for one in json.loads(planner("theme", "list", "--format", "json").out)["themes"]]


def test_a_date_without_a_year_is_the_next_one_after_the_day_of_the_act(planner: Planner, filled: Database) -> None:
    given = ("--title", "Tide tables", "--theme", "quays", "--lead", "archive", "--kind", "task")
    dates = ("--as-of", "2020-02-01", "--due", "1 April", "--milestone", "1 March=Tides watched")
    added = planner("item", "add", "N-1", *given, *WHY, *dates)
    assert "'1 April' means Wednesday 2020-04-01" in added.err
    assert "'1 March' means Sunday 2020-03-01" in added.err


def test_what_is_due_is_looked_for_from_the_first_day_of_a_new_item(planner: Planner, filled: Database) -> None:
    """The form of the app reads it so too."""
    given = ("--title", "Tide tables", "--theme", "quays", "--lead", "archive", "--kind", "task", *WHY)
    added = planner("item", "add", "N-1", *given, "--as-of", "2020-02-01", "--starts", "2020-08-01", "--due", "1 July")
    assert "--due: '1 July' means Thursday 2021-07-01." in added.err


def test_in_a_plan_that_is_over_a_date_without_a_year_is_one_of_its_year(planner: Planner, filled: Database) -> None:
    given = ("--title", "Tide tables", "--theme", "quays", "--lead", "archive", "--kind", "task", "--reason", "r")
    added = planner("item", "add", "N-1", *given, "--as-of", "1 May", "--starts", "1 June", "--due", "end of March")
    assert added.err.splitlines()[:3] == [
        "--as-of: '1 May' means Friday 2020-05-01.",
        "--starts: '1 June' means Monday 2020-06-01.",
        "--due: 'end of March' means Wednesday 2021-03-31.",
    ]
    moved = planner("due", "T-001", "--move", "30 June", "--reason", "Ice.", "--yes")
    assert "means Tuesday 2020-06-30" in moved.err
    assert "means Saturday 2020-03-07" in planner("show", "T-001", "--as-of", "7 March").err
    target = planner("target", "add", "T-001", "1", "--value", "9", "--due", "29 February", "--reason", "r")
    assert "means Saturday 2020-02-29" in target.err
    assert planner("weekly", "compare", "W14", "2020-W15").out.startswith("2020-W14 as known now")


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
    assert split.out == (
        "Recorded: N-1 is split into N-2 and N-3 from 2020-05-11 on.\n"
        "The new items start on 2020-05-11, without reports. Only N-1 has 1 milestone.\n"
        "Somebody else confirms with 'planner confirm N-1' that it has ended.\n"
    )
    kept = planner("item", "remove", "N-2", "--reason", "A slip.")
    assert "If the split of N-1 was a mistake, return its ending: that removes the new items." in kept.err
    assert "Tables of tides" in planner("show", "n1").out


def test_a_target_is_revised(planner: Planner, filled: Database) -> None:
    assert planner("target", "revise", "T-001", "1", "--value", "8", *WHY).out == (
        "Recorded: the target of indicator 1 of T-001 is 8 by 2020-12-31 instead of 10 by 2020-12-31.\n"
    )


def test_themes_are_added_listed_moved_renamed_and_removed(planner: Planner, filled: Database) -> None:
    added = planner("theme", "add", "--title", "Ferries [/]", "--inside", "1", "--label", "1.1", *WHY)
    assert added.out == "Recorded: theme 3, Ferries [/], is in the plan from 2020-05-11 on.\n"
    assert "  1.1 Ferries [/]" in planner("theme").out
    assert planner("theme", "rename", "3", "--title", "Piers", *WHY).out == (
        "Recorded: theme 3 is called Piers from 2020-05-11 on.\n  title: Ferries [/] → Piers\n"
    )
    assert "  inside: 1 → none\n" in planner("theme", "move", "3", "--outside", *WHY).out
    themes = json.loads(planner("theme", "list", "--format", "json").out)["themes"]
    assert [(one["number"], one["title"], one["depth"]) for one in themes][2:] == [(3, "Piers", 0)]
    assert planner("theme", "remove", "Piers", *WHY).out == (
        "Recorded: theme 3, Piers, is not in the plan any more from 2020-05-11 on.\n"
    )
    assert "Piers" not in planner("theme").out


def test_a_theme_and_a_lead_that_were_merged_are_told_where_they_are_asked_for(
    planner: Planner, filled: Database
) -> None:
    assert planner("theme", "merge", "2", "--into", "1", *WHY).exit_code == 0
    for command in ("items", "weekly", "outlook", "timeline", "calendar"):
        refused = (
            planner(command, "--theme", "2", "--as-of", "2020-05-12")
            if command != "weekly"
            else planner(command, "--theme", "2", "--week", "2020-W21")
        )
        assert refused.exit_code == 4
        assert "theme 2 was merged into theme 1 as of 2020-05-11. Name theme 1" in refused.err
    assert planner("items", "--theme", "2", "--as-of", "2020-05-10").exit_code == 0


def test_a_lead_that_was_merged_is_told_where_it_is_asked_for(planner: Planner, filled: Database) -> None:
    assert planner("organisation", "merge", "town-archive", "--into", "harbour-office", *WHY).exit_code == 0
    for command in ("items", "outlook", "timeline", "calendar"):
        said = planner(command, "--lead", "town-archive", "--as-of", "2020-05-12").err
        assert "was merged into Harbour Office as of 2020-05-11. Name harbour-office or another organisation." in said
    assert "was merged" not in planner("items", "--lead", "town-archive", "--as-of", "2020-05-10").err


def test_new_themes_of_an_import_and_a_carry_over_get_numbers_that_no_theme_had(
    planner: Planner, filled: Database, tmp_path: Path
) -> None:
    for title in ("Ferries", "Piers"):
        planner("theme", "add", "--title", title, *WHY)
        planner("theme", "remove", title, *WHY)
    file = tmp_path / "office.csv"
    file.write_text("Code,Task,Theme,Lead,Due\nN-1,Paint,Boats,Harbour Office,2020-11-30\n", encoding="utf-8")
    done = planner("import", str(file), "--yes")
    assert done.exit_code == 0, done.err
    assert [one["number"] for one in json.loads(planner("theme", "list", "--format", "json").out)["themes"]] == [
        1,
        2,
        5,
    ]
    planner("plan", "new", "--title", "Harbour 2021", "--key", "next", "--organisation", "Harbour Office")
    planner("import", str(file), "--yes")
    planner("undo", "--yes")
    planner("theme", "add", "--title", "Ferries", "--reason", "Start.")
    planner("plan", "carry-over", "harbour-2020", "next", "--dates", "end", "--yes")
    numbers = theme_numbers(planner)
    assert (len(numbers), max(numbers) < 10) == (4, True)


def test_an_item_gets_indicators_targets_and_milestones(planner: Planner, filled: Database) -> None:
    given = ("--name", "Lamps", "--unit", "lamps", "--direction", "increase", "--baseline", "0")
    assert planner("indicator", "add", "T-003", *given, *WHY).out == (
        "Recorded: T-003 has indicator 2, Lamps, from 2020-05-11 on.\n"
    )
    assert planner("target", "add", "T-003", "2", "--value", "9", "--due", "2020-11-30", *WHY).out == (
        "Recorded: indicator 2 of T-003 has the target 9 lamps from 2020-05-11 on.\n"
    )
    assert planner("item", "add-milestone", "T-003", "--title", "Lit", "--due", "2020-10-01", *WHY).exit_code == 0
    shown = planner("show", "T-003").out
    assert ("Lamps (lamps)" in shown, "target 9 by 2020-11-30" in shown, "Lit" in shown) == (True, True, True)
    assert ("milestone added: Lit" in shown, "indicator added: Lamps" in shown) == (True, True)
    assert "Lamps (lamps)" not in planner("show", "T-003", "--as-of", "2020-05-10").out


def test_a_kind_is_called_by_its_title_wherever_an_item_gets_it(planner: Planner, filled: Database) -> None:
    changed = "kind: task → key project"
    assert f"  {changed}\n" in planner("item", "edit", "T-003", "--kind", "key_project", *WHY).out
    assert changed in planner("show", "T-003").out
    moved = planner("weekly", "--week", "2020-W20", "--section", "movements", "--columns", "code,what,from,to").out
    assert "T-003,kind,task,key project" in moved
    late = planner("weekly", "--week", "2020-W21", "--section", "movements", "--columns", "code,what,from,to").out
    assert "key_project" not in late


def test_a_plan_is_edited_and_an_empty_one_removed(planner: Planner, filled: Database) -> None:
    done = planner("plan", "edit", "harbour-2020", "--ends", "2020-09-30", "--cadence", "monthly", *WHY).out
    assert "  ends: 2020-12-31 → 2020-09-30\n" in done
    assert "items are due outside these days: T-001" in done
    assert planner("plan", "remove", "harbour-2020", "--reason", "A mistake.").exit_code == 5
    planner("plan", "new", "--title", "Bay 2021", "--key", "bay", "--organisation", "Harbour Office")
    assert planner("plan", "remove", "bay", "--reason", "A mistake.").out == "Removed the plan bay.\n"
    assert "bay" not in planner("plans").out
    assert planner("items").exit_code == 0
    assert planner("plan", "new", "--title", "Bay 2021", "--key", "bay", "--organisation", "Harbour Office").out


def test_a_plan_is_filled_by_hand_from_nothing(planner: Planner) -> None:
    planner("plan", "new", "--title", "Bay 2030", "--key", "bay", "--organisation", "Bay Office")
    item = (
        "item",
        "add",
        "1",
        "--title",
        "Mend the quay",
        "--theme",
        "1",
        "--lead",
        "bay-office",
        "--due",
        "2030-06-30",
    )
    refused = planner(*item, "--reason", "Start.")
    assert (refused.exit_code, "'planner theme add'" in refused.err) == (4, True)
    assert planner("theme", "add", "--title", "Quays", "--reason", "Start.").exit_code == 0
    assert planner(*item, "--reason", "Start.").exit_code == 0
    revise = ("target", "revise", "1", "1", "--value", "3", "--reason", "Start.")
    assert "'planner indicator add'" in planner(*revise).err
    planner(
        *("indicator", "add", "1", "--name", "Metres", "--unit", "m", "--direction", "increase", "--reason", "Start.")
    )
    assert "'planner target add'" in planner(*revise).err
    (row,) = json.loads(planner("items", "--format", "json").out)["items"]
    assert row["code"] == "1"


@pytest.mark.parametrize("act", [("dissolve", "--lead"), ("merge", "--into")], ids=lambda act: act[0])
def test_the_end_of_an_organisation_that_runs_a_plan_is_warned_of(
    planner: Planner, filled: Database, act: tuple[str, str]
) -> None:
    done = planner("organisation", act[0], "harbour-office", act[1], "town-archive", *WHY)
    assert "harbour-office runs the plan harbour-2020. Name the organisation that runs it from now on." in done.out
    assert "'planner plan edit PLAN --organisation ORG'" in done.out
    done = planner("plan", "edit", "harbour-2020", "--organisation", "town-archive", *WHY)
    assert "Harbour Office → Town Archive" in done.out
    planner("plan", "close", "harbour-2020", "--reason", "It is over.")
    planner("organisation", "add", "tides", "--name", "Board of Tides")
    done = planner("organisation", "merge", "town-archive", "--into", "tides", *WHY, "--format", "json")
    assert json.loads(done.out)["organisation-changed"]["runs"] == []


def test_organisations_are_added_renamed_merged_dissolved_and_listed(planner: Planner, filled: Database) -> None:
    for key in ("tides", "wells"):
        assert planner("organisation", "add", key, "--name", f"Board of {key}").exit_code == 0
    assert planner("organisation", "rename", "tides", "--name", "Tides [/]", *WHY).out == (
        "Recorded: Board of tides (tides) is called Tides [/] from 2020-05-11 on.\n"
    )
    assert "Tides [/]" in planner("organisation", "list", "--search", "tides").out
    assert planner("organisation", "merge", "wells", "--into", "tides", *WHY).exit_code == 0
    done = planner("organisation", "dissolve", "harbour-office", "--lead", "tides", "--give", "t1=archive", *WHY)
    assert "  T-001 is led by Town Archive\n" in done.out
    assert "  It no longer supports: T-003\n" in done.out
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


def test_mail_addresses_are_given_changed_and_listed(planner: Planner, filled: Database) -> None:
    why = ("--reason", "Asked.")

    def listed(kind: str) -> dict[str, str]:
        found = json.loads(planner(kind, "list", "--format", "json").out)[f"{kind}s" if kind != "people" else kind]
        return {one.get("key") or one["login"]: one["mail_address"] for one in found if one["mail_address"]}

    assert "Mail address" not in planner("organisation").out + planner("people").out
    assert planner("organisation", "add", "tides", "--name", "Tides", "--address", "t@tides.example").exit_code == 0
    done = planner("organisation", "edit", "archive", "--address", "a@b.example;档案@例子.公司", *why)
    assert done.out == "Recorded: mail for Town Archive (town-archive) goes to a@b.example, 档案@例子.公司.\n", done.err
    assert listed("organisation") == {"tides": "t@tides.example", "town-archive": "a@b.example, 档案@例子.公司"}
    assert "Mail address" in planner("organisation").out
    refused = planner("organisation", "edit", "tides", "--address", "tides", *why)
    assert (refused.exit_code, "--address: 'tides' is not a mail address: it has no @" in refused.err) == (3, True)
    nothing = planner("organisation", "edit", "tides", *why)
    assert (nothing.exit_code, "Give at least one of --language and --address." in nothing.err) == (2, True)

    assert planner("people", "add", "zoe", "--role", "manager", "--address", "zoe@port.example").exit_code == 0
    done = planner("people", "edit", "zoe", "--address", "z@port.example", *why)
    assert done.out == "Recorded: mail for zoe (zoe) goes to z@port.example.\n", done.err
    assert listed("people") == {"zoe": "z@port.example"}
    assert "z@port.example" in planner("people").out
    assert planner("people", "edit", "zoe", "--address", "", *why).out == "Recorded: zoe (zoe) has no mail address.\n"


def test_the_language_of_an_organisation_is_given_changed_and_listed(planner: Planner, filled: Database) -> None:
    why = ("--reason", "Asked.")

    def listed() -> dict[str, str | None]:
        bodies = json.loads(planner("organisation", "list", "--format", "json").out)["organisations"]
        return {one["key"]: one["language"] for one in bodies if one["language"]}

    assert "Language" not in planner("organisation").out
    assert planner("organisation", "add", "tides", "--name", "Tides", "--language", "ko").exit_code == 0
    done = planner("organisation", "edit", "archive", "--language", "zh_hant", *why)
    assert done.out == "Recorded: the language of Town Archive (town-archive) is zh-Hant.\n", done.err
    assert listed() == {"tides": "ko", "town-archive": "zh-Hant"}
    assert "Language" in planner("organisation").out
    assert planner("organisation", "edit", "tides", "--language", "", *why).out == (
        "Recorded: Tides (tides) has no language of its own.\n"
    )
    assert listed() == {"town-archive": "zh-Hant"}
    refused = planner("organisation", "edit", "tides", "--language", "Korean!", *why)
    assert (refused.exit_code, "--language: 'Korean!' is not the code of a language" in refused.err) == (3, True)


def test_a_command_without_anything_to_change_says_what_it_needs(planner: Planner, filled: Database) -> None:
    for command, told in (
        (("item", "edit", "T-001"), "--title"),
        (("item", "move", "T-001"), "--theme"),
        (("target", "revise", "T-001", "1"), "--value"),
        (("theme", "rename", "1"), "--title"),
        (("theme", "move", "1"), "--inside"),
        (("plan", "edit", "harbour-2020"), "--title"),
        (("item", "edit", "T-001", "--accountable", "ada", "--no-accountable"), "not both"),
    ):
        refused = planner(*command, *WHY)
        assert (refused.exit_code, told in refused.err) == (2, True)
    refused = planner("item", "split", "T-001", "--part", "N-2", *WHY)
    assert "'N-2' has no equals sign" in refused.err
