"""Checks an exported register by the JSON Schema that the docs give to programs."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, FormatChecker

SCHEMA = Path(__file__).parents[2] / "docs" / "register.schema.json"


@cache
def schema() -> dict[str, Any]:
    """The schema."""
    read: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return read


def schema_errors(content: bytes) -> list[str]:
    """What the schema finds wrong with a document."""
    validator = Draft7Validator(schema(), format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(content))]
