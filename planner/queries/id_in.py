"""A condition that selects rows by a long list of ids."""

import json
from collections.abc import Iterable

from sqlalchemy import BigInteger, ColumnElement, any_, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session


def id_in(session: Session, column: InstrumentedAttribute[int], ids: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a column has one of these ids. The ids go to the database as one value.

    With one parameter per id, naming and binding thousands of parameters took a tenth of the time of a large read.
    """
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import ARRAY  # imports two dozen modules that SQLite does not need

        return column == any_(bindparam(None, list(ids), ARRAY(BigInteger)))
    numbers = func.json_each(json.dumps(list(ids))).table_valued("value")
    return column.in_(select(numbers.c.value))
