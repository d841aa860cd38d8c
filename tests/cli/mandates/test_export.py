"""planner export, as typed."""

import json
from datetime import date

import pytest

from planner.base.errors import NothingToMapError
from tests.chasing.factories import make_a_demonstration
from tests.factories import edit_file, write_documents
from tests.linked import on, review

FORMS = ("oscal", "skos", "annotations")


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ("oscal", "5 crosswalk rows, 7 links"),
        ("skos", "7 clauses, 5 crosswalk rows, 7 links"),
        ("annotations", "25 citations"),
    ],
)
def test_it_goes_to_standard_output_or_to_a_file_with_the_same_bytes(planner, filled, tmp_path, form, what):
    printed = planner("export", form)
    assert (printed.exit_code, printed.err) == (0, f"Wrote {what} to standard output.\n")
    json.loads(printed.out_bytes)
    file = tmp_path / "export.json"
    written = planner("export", form, "-o", str(file))
    assert (written.exit_code, written.out, written.err) == (0, "", f"Wrote {what} to {file}.\n")
    assert file.read_bytes() == printed.out_bytes


def test_a_file_that_cannot_be_written_leaves_nothing_behind(planner, filled, tmp_path):
    there = sorted(tmp_path.iterdir())
    for form in FORMS:
        refused = planner("export", form, "-o", f"{__file__}/export.json")
        assert refused.exit_code == 11
        assert "cannot be made, because a file" in refused.err
        assert planner("export", form, "-o", str(tmp_path)).exit_code == 11
    assert sorted(tmp_path.iterdir()) == there


def test_as_known_at_an_instant_it_is_what_it_was(planner, filled):
    before = {form: planner("export", form).out_bytes for form in FORMS}
    review(filled, at=on(2))
    assert planner("export", "oscal").out_bytes != before["oscal"]
    assert planner("export", "skos").out_bytes != before["skos"]
    for form in FORMS:
        assert planner("export", form, "--known-at", "2020-04-01").out_bytes == before[form]
        assert planner("export", form, "--known-at", "2019-01-01").exit_code == 12


def test_the_words_of_attached_texts_are_there_when_asked_for(planner, filled, tmp_path):
    assert planner("sources", "attach", str(write_documents(tmp_path / "texts"))).exit_code == 0
    words = "Keep the quays and the harbour lights in good order."
    for form, counted in (("skos", "the words of 11 citations"), ("annotations", "the words of 25 citations")):
        assert words not in planner("export", form).out
        found = planner("export", form, "--with-texts")
        assert words in found.out
        assert f", {counted} to" in found.err


def test_a_demonstration_says_so(planner, filled):
    make_a_demonstration(filled, date(2020, 6, 25))
    for form in FORMS:
        made = planner("export", form)
        assert made.err.startswith("Wrote simulated data, ")
        assert "SIMULATED: " in made.out
        assert "urn:planner:register:" not in made.out


def test_where_nothing_is_mapped_oscal_says_what_does(planner, bundle_folder):
    def nothing_linked(content):
        pairs = {(one["measure"], one["mandate"]) for part in content.values() for one in part}
        content["links"] = []
        content["without_clause"] = [
            {"measure": one, "mandate": of, "why": "No duty does."} for one, of in sorted(pairs)
        ]

    def nothing_kept(content):
        ends: dict[str, set[str]] = {"from": set(), "to": set()}
        for row in content["crosswalk"]["rows"]:
            for end, keys in ends.items():
                keys.update({row[end]} - {None})
        gone = [{"from": key, "to": None, "lineage": "withdrawn"} for key in sorted(ends["from"])]
        new = [{"from": None, "to": key, "lineage": "new"} for key in sorted(ends["to"])]
        told = {"relation": "no-relationship", "rationale": "All is another."}
        content["crosswalk"]["rows"] = [{**row, **told} for row in (*gone, *new)]

    edit_file(bundle_folder, "links.yaml", nothing_linked)
    edit_file(bundle_folder, "crosswalk.yaml", nothing_kept)
    assert planner("init", "--seeds", str(bundle_folder)).exit_code == 0
    refused = planner("export", "oscal")
    assert (refused.exit_code, refused.out) == (NothingToMapError.exit_code, "")
    assert "nothing is linked" in refused.err
    assert planner("export", "skos").exit_code == 0
