"""What the program writes in a clone is not committed with it."""

import shutil
import subprocess
from pathlib import Path

IGNORED = Path(__file__).parents[2] / ".gitignore"


def test_the_folder_of_an_issued_week_is_not_committed(tmp_path: Path) -> None:
    shutil.copy(IGNORED, tmp_path)
    for name in ("beijing-2020-2020-W14-issued", "simulated-beijing-2020-2020-W14-issued-2", "planner"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "week.csv").write_text("code\n")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert listed.stdout.split() == [".gitignore", "planner/week.csv"]
