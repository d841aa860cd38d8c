"""Show whether two revisions of the program write the same files from the same database.

python -m bench.same_outputs --before REVISION [--database FILE] [--output FOLDER]

The program of REVISION and the program as it is now write all files from copies of one demonstration, at the same
fixed instant. The table says which files are the same. The lines that differ are in FOLDER/differences.txt. They should
only be sentences that were rewritten. docs/development.md lists what is compared. The exit code is 1 if a file differs.
"""

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from bench.same_outputs import fixed_clock
from bench.same_outputs.differences import FileDifference, compare_folders, details, table

ROOT = Path(__file__).parents[2]
# The demonstration's current day, and the instant at which all files are written. By then, the two weeks have ended.
DAY = "2020-10-23"
NOW = "2020-10-26T09:00:00+00:00"
WEEKS = ("2020-W42", "2020-W43")
KNOWN_AT = "2020-10-24T12:00"
ITEMS = ("T-001", "P-080")
CLAUSE = "merged:duty-5"
# Variables that would change what the programs write, or how fast they start.
NOT_PASSED_ON = ("PLANNER_", "XDG_", "PYTHON")


@dataclass(frozen=True)
class ComparedProgram:
    """One of the two programs: its name in the table, the folder with its code, and the folder that it writes to."""

    name: str
    root: Path
    work: Path

    @property
    def files(self) -> Path:
        """The folder of the files to compare."""
        return self.work / "files"

    @property
    def database(self) -> Path:
        """The program's own copy of the database, because issuing a week writes to it."""
        return self.work / "demonstration.sqlite"

    def run(self, commands: dict[str, list[str]]) -> None:
        """Run commands in the folder of the files. An argument that ends with / is a folder, which is made first.

        Raises CalledProcessError if one of them fails.
        """
        folders = [argument for arguments in commands.values() for argument in arguments if argument.endswith("/")]
        for folder in ("", *folders):
            (self.files / folder).mkdir(parents=True, exist_ok=True)
        jobs = self.work / "jobs.json"
        jobs.write_text(
            json.dumps({"root": str(self.root), "now": NOW, "output": str(self.files), "commands": commands}),
            encoding="utf-8",
        )
        variables = {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
        own = {"PYTHONPATH": str(self.root), "HOME": str(self.work), "COLUMNS": "100"}
        subprocess.run(
            [sys.executable, fixed_clock.__file__, str(jobs)], cwd=self.files, env=variables | own, check=True
        )


# The commands that print a table as CSV without further arguments.
_LISTS = ("items", "findings", "clauses", "timeline", "outlook", "matrix")


def reading_commands(database: Path, key: Path) -> dict[str, list[str]]:
    """Return the commands that only read the database, by the name of the file for their printed output."""
    known = ["--known-at", KNOWN_AT]
    commands: dict[str, list[str]] = {
        **{f"{name}.csv": [name, "--format", "csv"] for name in _LISTS},
        **{f"{name}.html": [name, "--format", "html"] for name in ("findings", "clauses")},
        "links.csv": ["links", "list", "--format", "csv"],
        "compare.csv": ["weekly", "compare", *WEEKS, "--format", "csv"],
        "log.csv": ["log", "--limit", "1000000", "--format", "csv"],
        "calendar.ics": ["calendar", *known],
        "export-annotations.json": ["export", "annotations", *known],
        "export-oscal.json": ["export", "oscal", *known],
        "export-skos.json": ["export", "skos", *known],
        "chase.txt": ["chase", "--week", WEEKS[1], *known, "-o", "chase/"],
        "findings.txt": ["findings", "-o", "findings/", "--format", "csv"],
    }
    commands |= {f"{name}.json": [*arguments, "--format", "json"] for name, arguments in _json_commands().items()}
    for week in WEEKS:
        weekly = ["weekly", "--week", week, *known]
        commands[f"weekly-{week}.txt"] = [*weekly, "--format", "all", "-o", f"weekly-{week}/"]
        for form in ("csv", "json"):
            name = f"weekly-{week}-{form}"
            commands[f"{name}.txt"] = [*weekly, "--section", "all", "--format", form, "-o", f"{name}/"]
    for item in ITEMS:
        commands[f"evidence-{item}.txt"] = ["evidence", item, *known, "--key", str(key), "-o", f"evidence-{item}.zip"]
    return {name: ["--db", str(database), *arguments] for name, arguments in commands.items()}


def _json_commands() -> dict[str, list[str]]:
    """Return the commands whose JSON is compared, without the option `--format json`."""
    plain = ("items", "overview", "outlook", "timeline", "matrix", "clauses", "findings", "my-week", "chase", "verify")
    return {
        **{name: [name] for name in plain},
        **{f"show-{item}": ["show", item] for item in ITEMS},
        **{f"course-{item}": ["show", item, "--course"] for item in ITEMS},
        **{f"trace-{name.replace(':', '-')}": ["trace", name] for name in (*ITEMS, CLAUSE)},
        **{f"log-{item}": ["log", item, "--limit", "1000000"] for item in ITEMS},
        "log": ["log", "--limit", "1000000"],
        "clauses-texts": ["clauses", "--texts"],
        "links": ["links", "list"],
        "people": ["people", "list"],
        "sources": ["sources", "list"],
        "mandate-drafts": ["mandate", "drafts"],
        "find": ["find", "science"],
        "compare": ["weekly", "compare", *WEEKS],
    }


def issuing_commands(database: Path, key: Path) -> dict[str, list[str]]:
    """Return the commands that issue a week, reissue it, and list its issues."""
    week = ["--week", WEEKS[0]]
    commands = {
        "issue.json": ["weekly", "issue", *week, "--key", str(key), "-o", "issue", "--format", "json"],
        "reissue.json": ["weekly", "reissue", WEEKS[0], "-o", "reissue", "--format", "json"],
        "issues.json": ["weekly", "issues", *week, "--format", "json"],
    }
    return {name: ["--db", str(database), "--as", "manager", *arguments] for name, arguments in commands.items()}


def write_all(programs: tuple[ComparedProgram, ComparedProgram], database: Path | None, work: Path) -> None:
    """Write all files with both programs.

    The earlier program makes the signing key, and a demonstration if no database is given.
    """
    key, shared = work / "key", work / "demonstration.sqlite"
    earlier = ComparedProgram("shared", programs[0].root, work / "shared")
    make = {} if database else {"demo": ["--db", str(shared), "demo", "--as-of", DAY]}
    earlier.run({**make, "key": ["--db", str(database or shared), "checkpoint", "--new-key", str(key)]})
    for program in programs:
        program.work.mkdir(parents=True)
        shutil.copyfile(database or shared, program.database)
        program.run(reading_commands(program.database, key) | issuing_commands(program.database, key))
        if not database:
            made = str(program.work / "made.sqlite")
            program.run(
                {
                    "made-demonstration.txt": ["--db", made, "demo", "--as-of", DAY],
                    "made-demonstration-log.json": ["--db", made, "log", "--limit", "1000000", "--format", "json"],
                }
            )


def extract(revision: str, folder: Path) -> None:
    """Write the files of a git revision to a folder."""
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def compare_revision(revision: str, database: Path | None, work: Path) -> list[FileDifference]:
    """Write all output files with an earlier revision of the program and with this one, and compare the files."""
    shutil.rmtree(work, ignore_errors=True)
    earlier = work / "program"
    earlier.mkdir(parents=True)
    extract(revision, earlier)
    before, after = ComparedProgram("before", earlier, work / "before"), ComparedProgram("after", ROOT, work / "after")
    write_all((before, after), database, work)
    return compare_folders(before.files, after.files)


def main() -> None:
    """Print the table, and write the lines that differ to a file."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.same_outputs", description="Compare the files that two revisions write."
    )
    parser.add_argument("--before", metavar="REVISION", required=True, help="the earlier git revision")
    parser.add_argument("--database", metavar="FILE", type=Path, help="a demonstration; by default a new one is made")
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=ROOT / "build" / "same", help="where files go")
    options = parser.parse_args()
    try:
        differences = compare_revision(options.before, options.database, options.output.resolve())
    except subprocess.CalledProcessError as error:
        # The command that failed has said why.
        sys.exit(error.returncode)
    report = options.output / "differences.txt"
    report.write_text("\n".join(details(differences)), encoding="utf-8")
    print("\n".join(table(differences)))
    same = sum(difference.is_same for difference in differences)
    print(f"\n{same} of {len(differences)} are the same. The lines that differ: {report}")
    sys.exit(same < len(differences))


if __name__ == "__main__":
    main()
