"""Attacks by somebody who may do everything on a PostgreSQL server. docs/verifying.md has the table."""

import pytest

from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import Verdict
from tests.effort import only_in_more
from tests.integrity.attacks import run
from tests.integrity.conftest import verified

K = ProblemKind

pytestmark = pytest.mark.parametrize("history", ["postgresql"], indirect=True, scope="module")

# A table that holds what another one does, so that nothing but where it stands is different.
COPY = "CREATE TABLE evil.status_update AS SELECT * FROM public.status_update WHERE id <> 3"
QUIET = "CREATE FUNCTION evil.quiet() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$"

# What is done, the kinds found, and what is named among them.
ATTACKS: dict[str, tuple[list[str], set[ProblemKind], str]] = {
    "a-schema-before-public": (
        ["CREATE SCHEMA evil", COPY, "SET LOCAL search_path = evil, public"],
        {K.SCHEMA},
        "schema evil: relation status_update",
    ),
    "a-schema-before-public-for-others-only": (
        ["CREATE SCHEMA evil", COPY],
        {K.SCHEMA},
        "schema evil: relation status_update",
    ),
    "a-temporary-table-before-it": (
        ["CREATE TEMP TABLE status_update AS SELECT * FROM public.status_update WHERE id <> 3"],
        {K.SCHEMA},
        "relation status_update",
    ),
    "a-view-that-depends-on-the-clock": (
        [
            "ALTER TABLE person RENAME TO people",
            "CREATE VIEW person AS SELECT * FROM people WHERE now() > '2020-01-01' OR role = 'manager'",
        ],
        {K.SCHEMA},
        "table person",
    ),
    "row-level-security": (
        [
            "ALTER TABLE status_update ENABLE ROW LEVEL SECURITY",
            "CREATE POLICY few ON status_update USING (id <> 3)",
        ],
        {K.SCHEMA},
        "policy few on status_update",
    ),
    "row-level-security-without-a-policy": (
        ["ALTER TABLE status_update ENABLE ROW LEVEL SECURITY"],
        {K.SCHEMA},
        "table status_update",
    ),
    "a-child-table": (
        ["CREATE TABLE more () INHERITS (goal)"],
        {K.SCHEMA},
        "table more",
    ),
    "an-event-trigger": (
        [
            "CREATE SCHEMA evil",
            QUIET,
            "CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION evil.quiet()",
        ],
        {K.SCHEMA},
        "event trigger watching",
    ),
    "a-function-before-the-server's": (
        [
            "CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$",
        ],
        {K.SCHEMA},
        "function lower(character varying)",
    ),
    "an-operator-before-the-server's": (
        [
            "CREATE SCHEMA evil",
            "CREATE FUNCTION evil.never(varchar, varchar) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$",
            "CREATE OPERATOR evil.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = evil.never)",
            "SET LOCAL search_path = evil, public, pg_catalog",
        ],
        {K.SCHEMA},
        "schema evil: operator =",
    ),
    "a-cast": (
        [
            "CREATE SCHEMA evil",
            "CREATE FUNCTION evil.other(date) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 0 $$",
            "CREATE CAST (date AS integer) WITH FUNCTION evil.other(date) AS IMPLICIT",
        ],
        {K.SCHEMA},
        "cast from date to integer",
    ),
    "a-column-of-a-domain": (
        [
            "CREATE DOMAIN public.name_of AS text",
            "ALTER TABLE goal ALTER COLUMN title TYPE public.name_of",
        ],
        {K.SCHEMA},
        "column goal.title",
    ),
    "another-collation": (
        ['ALTER TABLE goal ALTER COLUMN title TYPE text COLLATE "C"'],
        {K.SCHEMA},
        "column goal.title",
    ),
    "another-default": (
        ["ALTER TABLE status_update ALTER COLUMN unchanged SET DEFAULT true"],
        {K.SCHEMA},
        "column status_update.unchanged",
    ),
    "a-generated-column": (
        ["ALTER TABLE goal ADD COLUMN more text GENERATED ALWAYS AS (title || '') STORED"],
        {K.SCHEMA},
        "column goal.more",
    ),
    "references-no-longer-held": (
        ["ALTER TABLE goal DISABLE TRIGGER ALL"],
        {K.SCHEMA},
        "on goal",
    ),
    "a-check-taken-out": (
        ["ALTER TABLE person DROP CONSTRAINT ck_person_role_word"],
        {K.SCHEMA},
        "constraint ck_person_role_word of person",
    ),
    "a-table-that-a-crash-empties": (
        ["ALTER TABLE seeded_row SET UNLOGGED"],
        {K.SCHEMA},
        "table seeded_row",
    ),
    "an-index-hides-a-report-openly": (
        [
            "DROP INDEX ix_status_update_item_id_as_of_id",
            "CREATE INDEX ix_status_update_item_id_as_of_id ON status_update (item_id, as_of, id) WHERE id <> 3",
        ],
        {K.SCHEMA},
        "index ix_status_update_item_id_as_of_id",
    ),
    "the-server's-own-function-replaced": (
        [
            "CREATE OR REPLACE FUNCTION pg_catalog.to_char(timestamp, text) RETURNS text LANGUAGE sql STABLE STRICT"
            " AS $$ SELECT '2020-03-02T04:00:00.000000Z' $$",
        ],
        {K.SCHEMA},
        "function pg_catalog.to_char",
    ),
    "a-role-that-sees-rounded-numbers": (
        ["DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET extra_float_digits = -14', current_user); END $$"],
        {K.SCHEMA},
        "setting extra_float_digits",
    ),
    "an-infinite-date": (
        ["UPDATE plan SET published = 'infinity'"],
        {K.VALUE},
        "plan ",
    ),
    "a-date-before-christ": (
        ["UPDATE plan SET starts = (starts::text || ' BC')::date"],
        {K.VALUE},
        "plan ",
    ),
}


# One attack of each sort is tried by `make test`, and the others by `make test-more`.
IN_EACH_RUN = (
    "a-schema-before-public",
    "a-temporary-table-before-it",
    "row-level-security",
    "a-child-table",
    "an-event-trigger",
    "a-function-before-the-server's",
    "a-column-of-a-domain",
    "references-no-longer-held",
    "an-index-hides-a-report-openly",
    "the-server's-own-function-replaced",
    "an-infinite-date",
)


@pytest.mark.parametrize("name", [name if name in IN_EACH_RUN else only_in_more(name) for name in ATTACKS])
def test_what_was_made_of_the_server_is_named(connection, name):
    statements, kinds, where = ATTACKS[name]
    run(connection, *statements)
    found = verified(connection)
    assert kinds <= set(found.counts), found.problems
    assert set(found.counts) - kinds <= {K.CHANGED, K.INSTANT, K.COPY} if "replaced" in name else True
    assert any(where in problem.where for problem in found.problems), found.problems
    assert found.verdict is Verdict.BROKEN
