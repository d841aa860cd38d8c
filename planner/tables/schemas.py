"""Machine-readable descriptions of a CSV's columns, in the formats Frictionless Table Schema and CSVW metadata.

Both are generated from the definition of the table, as docs/weekly-file.md is, and stored next to the CSV.
"""

import json
import re
from pathlib import PurePath
from typing import Any

from planner.tables.columns import Column, ColumnType
from planner.tables.csv_form import LIST_SEPARATOR, USUAL, CsvStyle
from planner.tables.table import Table

# The descriptions are in English. The language of free text in a cell is not recorded ("und" is undetermined).
# docs/decisions/0059: the same facts give the same bytes for every reader.
_LANGUAGE, _UNDETERMINED = "en", "und"

_FORMULA_NOTE = "Text that a spreadsheet would run as a formula has an apostrophe before it, which is not part of it."

_TABLE_SCHEMA_TYPES: dict[ColumnType, dict[str, Any]] = {
    ColumnType.TEXT: {"type": "string", "format": "default"},
    ColumnType.WORD: {"type": "string", "format": "default"},
    ColumnType.LIST: {"type": "list", "format": "default", "itemType": "string", "delimiter": LIST_SEPARATOR},
    ColumnType.WHOLE_NUMBER: {"type": "integer", "format": "default", "bareNumber": True},
    ColumnType.DECIMAL: {"type": "number", "format": "default", "decimalChar": ".", "bareNumber": True},
    ColumnType.NUMBER: {"type": "number", "format": "default", "decimalChar": ".", "bareNumber": True},
    ColumnType.DATE: {"type": "date", "format": "default"},
}

_CSVW_DATATYPES: dict[ColumnType, Any] = {
    ColumnType.TEXT: "string",
    ColumnType.WORD: "string",
    ColumnType.LIST: "string",
    ColumnType.WHOLE_NUMBER: "integer",
    ColumnType.DECIMAL: {"base": "decimal", "format": {"decimalChar": "."}},
    ColumnType.NUMBER: "number",
    ColumnType.DATE: {"base": "date", "format": "yyyy-MM-dd"},
}


def schema_name(name: str) -> str:
    """Return the name of the Table Schema file for a CSV."""
    return f"{PurePath(name).stem}.schema.json"


def table_schema(table: Table[Any], style: CsvStyle = USUAL) -> dict[str, Any]:
    """Describe the columns of a table's CSV as a Frictionless Table Schema (datapackage.org, version 2)."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, style) for column in table.all_columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }


def _field(column: Column[Any], style: CsvStyle) -> dict[str, Any]:
    constraints = {"required": column.required} | ({"enum": _words(column)} if column.one_of else {})
    head = {"name": column.name, **_TABLE_SCHEMA_TYPES[column.type]}
    if column.type.with_decimals:
        head["decimalChar"] = style.decimal_sign
    return {**head, "title": column.title, "description": _description(column), "constraints": constraints}


def csvw_metadata(name: str, table: Table[Any], title: str, about: str, style: CsvStyle = USUAL) -> dict[str, Any]:
    """Describe a table's CSV as CSVW metadata (CSV on the Web, W3C). Titles and descriptions are in English."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": _LANGUAGE}],
        "url": name,
        "dc:title": title,
        "dc:description": about,
        "dialect": {
            "encoding": "utf-8",
            "delimiter": style.separator,
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminators": ["\r\n"],
            "header": True,
            "skipInitialSpace": False,
            "trim": False,
        },
        "tableSchema": {
            "columns": [_csvw_column(column, style) for column in table.all_columns],
            "primaryKey": list(table.key),
        },
    }


def _csvw_column(column: Column[Any], style: CsvStyle) -> dict[str, Any]:
    described = {
        "name": column.name,
        "titles": list(dict.fromkeys((column.name, column.title))),
        "dc:description": _description(column),
        "lang": _LANGUAGE if column.one_of else _UNDETERMINED,
        "datatype": _datatype(column, style),
        "required": column.required,
        "null": [""],
    }
    return described | ({"separator": LIST_SEPARATOR} if column.type is ColumnType.LIST else {})


def _datatype(column: Column[Any], style: CsvStyle) -> Any:
    """Return a column's CSVW datatype.

    CSVW has no list of allowed words, so the allowed words are given as a regular expression in the `format` of the
    string type.
    """
    if column.type.with_decimals and style.decimal_comma:
        return {"base": "decimal", "format": {"decimalChar": style.decimal_sign}}
    if not column.one_of:
        return _CSVW_DATATYPES[column.type]
    return {"base": "string", "format": "|".join(re.escape(word) for word in _words(column))}


def package_resource(name: str, table: Table[Any], title: str, about: str, style: CsvStyle = USUAL) -> dict[str, Any]:
    """Describe a table's CSV as a resource of a Frictionless data package."""
    return {
        "name": table.name,
        "type": "table",
        "path": name,
        "title": title,
        "description": about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": style.separator,
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminator": "\r\n",
            "header": True,
        },
        "schema": schema_name(name),
    }


def _words(column: Column[Any]) -> list[str]:
    return [str(word) for word in column.one_of]


def _description(column: Column[Any]) -> str:
    """Return a column's description. For free text, a note explains how formulas are neutralised."""
    free = column.type in (ColumnType.TEXT, ColumnType.LIST)
    return f"{column.description} {_FORMULA_NOTE}" if free else column.description


def description_bytes(description: dict[str, Any]) -> bytes:
    """Return a description as the bytes of a JSON file."""
    return (json.dumps(description, ensure_ascii=False, indent=2) + "\n").encode()
