"""Make the files that accompany a week's CSV files and describe their columns, title and dates."""

from collections.abc import Iterator, Mapping
from typing import Any

from planner.tables.csv_form import USUAL, CsvStyle
from planner.tables.schemas import csvw_metadata, description_bytes, package_resource, schema_name, table_schema
from planner.tables.table import Table
from planner.weekly.file import NamedFile
from planner.weekly.reading import Instance

PACKAGE = "datapackage.json"


def description_files(name: str, table: Table[Any], instance: Instance, style: CsvStyle = USUAL) -> Iterator[NamedFile]:
    """Yield the files that describe the columns of a table's CSV.

    The CSVW standard fixes the name of its metadata file: the name of the CSV followed by `-metadata.json`.
    """
    metadata = csvw_metadata(name, table, _title(table, instance), _about(table, instance), style)
    yield NamedFile(schema_name(name), [description_bytes(table_schema(table, style))])
    yield NamedFile(f"{name}-metadata.json", [description_bytes(metadata)])


def data_package(tables: Mapping[str, Table[Any]], instance: Instance, style: CsvStyle = USUAL) -> bytes:
    """Describe a folder of several CSVs as a Frictionless data package. `tables` maps file names to tables."""
    return description_bytes(
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": f"{instance.plan.key}-{instance.week}".lower(),
            "title": f"{instance.title}, week {instance.week}{_simulated_suffix(instance)}",
            "description": _dates_note(instance),
            "resources": [
                package_resource(name, table, _title(table, instance), _about(table, instance), style)
                for name, table in tables.items()
            ],
        }
    )


def _title(table: Table[Any], instance: Instance) -> str:
    return f"{table.title}, {instance.title}, week {instance.week}{_simulated_suffix(instance)}"


def _about(table: Table[Any], instance: Instance) -> str:
    return f"{table.answers} {_dates_note(instance)}"


def _dates_note(instance: Instance) -> str:
    """Describe the file's as-of date and known-at instant, and warn if the data is made up."""
    dates = f"As of {instance.as_of}, as known at {instance.known_at_local}."
    return f"{dates} A demonstration: reports, dates and values are made up." if instance.plan.simulated else dates


def _simulated_suffix(instance: Instance) -> str:
    return " (simulated)" if instance.plan.simulated else ""
