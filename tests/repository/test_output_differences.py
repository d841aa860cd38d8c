"""The comparing part of `make same`: which files differ between two folders, and by how many lines."""

import zipfile
from pathlib import Path

from bench.same_outputs.differences import compare_folders, details, table


def write(folder: Path, name: str, content: str | dict[str, str], comment: str = "") -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        file.write_text(content, encoding="utf-8")
        return
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = comment.encode()
        for member, text in content.items():
            archive.writestr(zipfile.ZipInfo(member), text)


def test_each_file_is_compared_and_archives_are_compared_by_member(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        write(folder, "week/same.csv", "a,b\n")
        write(folder, "week/same.zip", {"a.txt": "one"}, comment=folder.name)
    write(before, "removed.txt", "")
    write(after, "added.txt", "")
    write(before, "page.html", "first\nsecond\nthird\n")
    write(after, "page.html", "first\n2nd\n2nd again\nthird\n")
    write(before, "order.json", '{"a": 1, "b": 2}')
    write(after, "order.json", '{"b": 2, "a": 1}')
    write(before, "pack.zip", {"same.txt": "one", "data/items.csv": "1\n2\n"})
    write(after, "pack.zip", {"same.txt": "one", "data/items.csv": "1\n3\n"})
    write(before, "ends.txt", "one\n")
    write(after, "ends.txt", "one\r\n")

    differences = compare_folders(before, after)
    assert list(table(differences))[2:] == [
        "| added.txt | only after |",
        "| ends.txt | differs: not as text |",
        "| order.json | differs: 2 lines |",
        "| pack.zip: data/items.csv | differs: 1 line |",
        "| page.html | differs: 2 lines |",
        "| removed.txt | only before |",
        "| week/same.csv | same |",
        "| week/same.zip: (the archive itself) | differs: not as text |",
    ]
    text = "\n".join(details(differences))
    assert "=== page.html\n-second\n+2nd\n+2nd again\n" in text
    assert "same.csv" not in text
