"""Compare the triggers that protect the history with the triggers in the database.

The expected triggers are listed here a second time, because the database under check cannot be trusted to say what they
should be. A test runs the migrations on both kinds of database and compares.
"""

from collections.abc import Iterator, Sequence, Set

from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.integrity.problems import ProblemKind, Problems
from planner.store.models import HISTORY_TABLES, REDACTABLE, REDACTED, WITHDRAWABLE, all_tables
from planner.store.triggers import Trigger, replica_sessions, rewriting_rules, triggers_of

LOG = "audit_event"
CONTENT = "issued_content"

# The unique columns besides the id in which an INSERT OR REPLACE could replace a row.
_HITS = {
    "attached_span": "(attachment_id = NEW.attachment_id AND citation_id = NEW.citation_id)",
    "attachment": "(document_id = NEW.document_id AND sha256 = NEW.sha256)",
    "issued_content": "(digest = NEW.digest)",
    "issued_file": "(issue_id = NEW.issue_id AND name = NEW.name)",
    "redacted_event": "(redaction_id = NEW.redaction_id AND seq = NEW.seq)",
    "weekly_issue": "(plan_id = NEW.plan_id AND week = NEW.week AND number = NEW.number)",
    "withdrawal": " OR ".join(f"{name}_id = NEW.{name}_id" for name in WITHDRAWABLE),
}

# The trigger functions of PostgreSQL. The first refuse every change; the others allow a redaction.
_REFUSES = "plpgsql BEGIN RAISE EXCEPTION '% is history: no %', TG_TABLE_NAME, lower(TG_OP); END"
_FOLLOWS = (
    "plpgsql DECLARE last_seq integer; last_leaf bytea; BEGIN"
    " SELECT seq, leaf INTO last_seq, last_leaf FROM audit_event ORDER BY seq DESC LIMIT 1;"
    " IF NEW.seq <> coalesce(last_seq, 0) + 1 OR NEW.previous_leaf IS DISTINCT FROM last_leaf THEN"
    " RAISE EXCEPTION 'audit_event is history: an event follows the one before it'; END IF;"
    " RETURN NEW; END"
)

_NAMED_OR_REFUSED = (
    "plpgsql DECLARE named boolean := false; BEGIN IF TG_OP = 'UPDATE' THEN {look} IF named AND {allowed} THEN"
    " RETURN NEW; END IF; END IF; RAISE EXCEPTION '% is history: no %', TG_TABLE_NAME, lower(TG_OP); END"
    " SET search_path=pg_catalog, pg_temp"
)
_LETS_TEXT_GO = _NAMED_OR_REFUSED.format(
    look="EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.redaction WHERE table_name = $1 AND row_id = $2)',"
    " TG_TABLE_SCHEMA) INTO named USING TG_TABLE_NAME::text, OLD.id;",
    allowed="NOT EXISTS ( SELECT 1 FROM jsonb_each(to_jsonb(NEW)) AS field"
    " WHERE field.value IS DISTINCT FROM to_jsonb(OLD) -> field.key"
    f" AND NOT (field.key = ANY (TG_ARGV) AND field.value = to_jsonb('{REDACTED}'::text)))",
)
_LETS_BODY_GO = _NAMED_OR_REFUSED.format(
    look="EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.redacted_event WHERE seq = $1)', TG_TABLE_SCHEMA)"
    " INTO named USING OLD.seq;",
    allowed="to_jsonb(NEW) - 'body' = to_jsonb(OLD) - 'body'",
)
_LETS_CONTENT_GO = _NAMED_OR_REFUSED.format(
    look="EXECUTE format( 'SELECT EXISTS (SELECT 1 FROM %I.redaction WHERE table_name = ''issued_content''"
    " AND row_id = $1)', TG_TABLE_SCHEMA) INTO named USING OLD.id;",
    allowed="NEW.id = OLD.id AND NEW.digest = OLD.digest AND length(NEW.deflated) = 0",
)


def guards(dialect: str) -> Sequence[Trigger]:
    """Return the triggers that a database of this program's revision must have."""
    of_table = _on_sqlite if dialect == "sqlite" else _on_postgresql
    # docs/decisions/0064: the database under check may have been changed.
    return [guard for table in HISTORY_TABLES for guard in of_table(table)]


def check_guards(session: Session, problems: Problems) -> int:
    """Report every trigger that is missing, changed or not expected, and every rule that is not expected.

    Return the number of triggers that are as expected.
    """
    connection = session.connection()
    expected = {(guard.table, guard.name): guard for guard in guards(connection.dialect.name)}
    found = {(trigger.table, trigger.name): trigger for trigger in triggers_of(connection)}
    for place, guard in expected.items():
        for what in _faults(guard, found.get(place)):
            problems.add(ProblemKind.GUARD, guard.name, what)
    for table, name in sorted(found.keys() - expected.keys()):
        problems.add(ProblemKind.GUARD, name, tr("{table} has a trigger that planner did not create", table=table))
    for rule, table, _ in rewriting_rules(connection):
        problems.add(ProblemKind.GUARD, rule, tr("{table} has a rule that planner did not create", table=table))
    for where in replica_sessions(connection):
        problems.add(ProblemKind.GUARD, "session_replication_role", tr("triggers may be off for {place}", place=where))
    return sum(found.get(place) == guard for place, guard in expected.items())


def _faults(guard: Trigger, found: Trigger | None) -> Iterator[str]:
    if found is None:
        yield tr("the trigger on {table} is missing", table=guard.table)
        return
    if found.fires != guard.fires:
        yield tr("the trigger on {table} fires at the wrong times: {when}", table=guard.table, when=found.fires)
    if found.definition != guard.definition:
        yield tr("the trigger on {table} was replaced: {definition}", table=guard.table, definition=found.definition)
    if found.function != guard.function:
        yield tr(
            "the function of the trigger on {table} was changed: {function}",
            table=guard.table,
            function=found.function,
        )


def _on_sqlite(table: str) -> Iterator[Trigger]:
    unless = _redacting_on_sqlite(table)
    when = f" WHEN NOT ({unless})" if unless else ""
    yield _sqlite_trigger(table, "update", f"BEFORE UPDATE ON {table}{when}", "no update")
    yield _sqlite_trigger(table, "delete", f"BEFORE DELETE ON {table}", "no delete")
    if table == LOG:
        follows_not = (
            "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_event)"
            " OR NEW.previous_leaf IS NOT (SELECT leaf FROM audit_event ORDER BY seq DESC LIMIT 1)"
        )
        yield _sqlite_trigger(
            table, "insert", f"BEFORE INSERT ON {table} WHEN {follows_not}", "an event follows the one before it"
        )
        return
    hit = " OR ".join(("id = NEW.id", *([_HITS[table]] if table in _HITS else [])))
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {hit})"
    yield _sqlite_trigger(table, "insert", f"BEFORE INSERT ON {table} WHEN {exists}", "no replacing")


def _redacting_on_sqlite(table: str) -> str:
    """Return the SQL condition under which an update is a redaction, or an empty text if none is allowed."""
    if table == LOG:
        named = "SELECT 1 FROM redacted_event WHERE seq = OLD.seq"
        return f"{_others_unchanged(table, {'body'})} AND typeof(NEW.body) = 'blob' AND EXISTS ({named})"
    if table == CONTENT:
        named = f"SELECT 1 FROM redaction WHERE table_name = '{CONTENT}' AND row_id = OLD.id"
        return f"NEW.id IS OLD.id AND NEW.digest IS OLD.digest AND NEW.deflated IS x'' AND EXISTS ({named})"
    if table not in REDACTABLE:
        return ""
    redacted = (f"(NEW.{column} IS OLD.{column} OR NEW.{column} IS '{REDACTED}')" for column in REDACTABLE[table])
    named = f"EXISTS (SELECT 1 FROM redaction WHERE table_name = '{table}' AND row_id = OLD.id)"
    return " AND ".join((_others_unchanged(table, set(REDACTABLE[table])), *redacted, named))


def _others_unchanged(table: str, but: Set[str]) -> str:
    """Return the SQL condition that no column changes except those in `but`."""
    columns = sorted(column.name for column in all_tables().tables[table].columns)
    return " AND ".join(f"NEW.{column} IS OLD.{column}" for column in columns if column not in but)


def _sqlite_trigger(table: str, verb: str, when: str, why: str) -> Trigger:
    name = f"guard_{table}_{verb}"
    return Trigger(
        name, table, f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{table} is history: {why}'); END"
    )


def _on_postgresql(table: str) -> Iterator[Trigger]:
    yield _postgresql_trigger(table, "row", "BEFORE DELETE OR UPDATE", "ROW", *_of_rows(table))
    yield _postgresql_trigger(table, "truncate", "BEFORE TRUNCATE", "STATEMENT", "guard_history()", _REFUSES)
    if table == LOG:
        yield _postgresql_trigger(table, "insert", "BEFORE INSERT", "ROW", "guard_audit_event()", _FOLLOWS)


def _of_rows(table: str) -> tuple[str, str]:
    """Return the call of the function that protects a table's rows on PostgreSQL, and the function's source."""
    if table == LOG:
        return "guard_log()", _LETS_BODY_GO
    if table == CONTENT:
        return "guard_issued_content()", _LETS_CONTENT_GO
    if table in REDACTABLE:
        columns = ", ".join(f"'{column}'" for column in REDACTABLE[table])
        return f"guard_redactable({columns})", _LETS_TEXT_GO
    return "guard_history()", _REFUSES


def _postgresql_trigger(table: str, part: str, when: str, each: str, call: str, source: str) -> Trigger:
    name = f"guard_{table}_{part}"
    definition = f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {call}"
    return Trigger(name, table, definition, function=source)
