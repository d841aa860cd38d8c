"""An office's own register: free codes, kinds and levels of themes, items without a measure, changes and imports.

Revision: 0007, after 0006.
"""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    Check,
    Part,
    based,
    basis,
    digest,
    edit_table_on_sqlite,
    guard_redactable_history,
    lift_guards,
    make_table,
    not_blank,
    on_sqlite,
    recorded,
    reference,
    unique,
    word,
    wording,
)

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Per new table of history, all its columns, and those whose text a redaction may replace by the marker.
HISTORY = {
    "import_batch": ("id plan_id files mapping counts reason actor recorded_at", "reason"),
    "item_change": (
        "id item_id as_of field old_value new_value reason basis actor recorded_at",
        "old_value new_value reason",
    ),
    "organisation_change": (
        "id organisation_id as_of kind old_name new_name into_id reason actor recorded_at",
        "old_name new_name reason",
    ),
    "plan_act": ("id plan_id kind other_plan_id as_of reason actor recorded_at", "reason"),
    "target_change": (
        "id target_id as_of old_value new_value old_due new_due reason basis actor recorded_at",
        "reason",
    ),
}

CADENCES = "'weekly', 'fortnightly', 'monthly', 'quarterly'"

# What SQLite has in the definition of a table before and after this revision.
ITEM_CODE_FORM = (
    "CONSTRAINT ck_item_code_form CHECK (length(code) >= 5 AND substr(code, 1, 2) = CASE kind WHEN 'task' THEN 'T-'"
    " ELSE 'P-' END AND trim(substr(code, 3), '0123456789') = '')"
)
ITEM_CODE_NOT_BLANK = "CONSTRAINT ck_item_code_not_blank CHECK (length(trim(code)) > 0)"
ITEM_KIND_WORD = "CONSTRAINT ck_item_kind_word CHECK (kind IN ('task', 'key_project'))"
ITEM_KIND_NOT_BLANK = "CONSTRAINT ck_item_kind_not_blank CHECK (length(trim(kind)) > 0)"
MEASURE_CODE_FORM = (
    "CONSTRAINT ck_measure_code_form CHECK (substr(code, 1, 1) = 'M' AND code LIKE '__%._%'"
    " AND trim(substr(code, 2), '0123456789.') = '' AND length(code) = length(replace(code, '.', '')) + 1)"
)
MEASURE_CODE_NOT_BLANK = "CONSTRAINT ck_measure_code_not_blank CHECK (length(trim(code)) > 0)"
THEME_OF_PLAN = "CONSTRAINT fk_theme_plan_id FOREIGN KEY(plan_id)"
THEME_PARENT = (
    "CONSTRAINT fk_theme_plan_id_parent_id FOREIGN KEY(plan_id, parent_id) REFERENCES theme (plan_id, id), \n\t"
)


# Few items are added to a plan that has begun, and only they are in the index.
ADDED = sa.text("added_on IS NOT NULL")


def upgrade() -> None:
    add_columns()
    loosen()
    number_items()
    op.create_index(op.f("ix_item_plan_id_code_key"), "item", ["plan_id", "code_key"], unique=True)
    op.create_index(op.f("ix_item_continues_id"), "item", ["continues_id"])
    op.create_index(op.f("ix_item_added_on"), "item", ["added_on"], sqlite_where=ADDED, postgresql_where=ADDED)
    make_seeded_row(unique("source", "table_name", "row_id"), unique("source", "table_name", "seed_key"))
    make_kinds_and_mappings()
    make_changes()
    set_guards()


NEW_COLUMNS = {
    "item": (
        "code_key TEXT DEFAULT '' NOT NULL",
        "position INTEGER DEFAULT 0 NOT NULL",
        "continues_id INTEGER CONSTRAINT fk_item_continues_id REFERENCES item (id)",
        "added_on DATE",
        "source TEXT",
        "note TEXT",
        "taken_out BOOLEAN DEFAULT false NOT NULL",
    ),
    "responsibility": ("taken_out BOOLEAN DEFAULT false NOT NULL",),
    "milestone": ("taken_out BOOLEAN DEFAULT false NOT NULL",),
    "indicator": ("taken_out BOOLEAN DEFAULT false NOT NULL",),
    "target": ("taken_out BOOLEAN DEFAULT false NOT NULL",),
    "theme": (
        "parent_id INTEGER",
        "label TEXT",
        "taken_out BOOLEAN DEFAULT false NOT NULL",
    ),
    "plan": (
        "language VARCHAR(32)",
        "cadence VARCHAR(32) DEFAULT 'weekly' NOT NULL"
        f" CONSTRAINT ck_plan_cadence_word CHECK (cadence IN ({CADENCES}))",
    ),
    "link": (
        "origin VARCHAR(32) DEFAULT 'person' NOT NULL"
        " CONSTRAINT ck_link_origin_word CHECK (origin IN ('person', 'machine'))",
    ),
}


def add_columns() -> None:
    # Batch mode would make the tables again. Both databases take this.
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def loosen() -> None:
    """Let codes and kinds be free, and let an item have no measure and a plan no mandate."""
    if on_sqlite():
        for table, replacements in LOOSENED_ON_SQLITE.items():
            edit_table_on_sqlite(table, replacements)
        return
    for statement in LOOSENED_ON_POSTGRESQL:
        op.execute(statement)


LOOSENED_ON_SQLITE = {
    "item": {
        "measure_id INTEGER NOT NULL": "measure_id INTEGER",
        "code VARCHAR(32)": "code VARCHAR(64)",
        "kind VARCHAR(32)": "kind VARCHAR(64)",
        ITEM_CODE_FORM: ITEM_CODE_NOT_BLANK,
        ITEM_KIND_WORD: ITEM_KIND_NOT_BLANK,
    },
    "measure": {"code VARCHAR(32)": "code VARCHAR(64)", MEASURE_CODE_FORM: MEASURE_CODE_NOT_BLANK},
    "plan": {"mandate_id INTEGER NOT NULL": "mandate_id INTEGER"},
    "plan_total": {"name VARCHAR(32)": "name VARCHAR(64)"},
    "theme": {THEME_OF_PLAN: f"{THEME_PARENT}{THEME_OF_PLAN}"},
}
LOOSENED_ON_POSTGRESQL = (
    "ALTER TABLE item ALTER COLUMN measure_id DROP NOT NULL",
    "ALTER TABLE item ALTER COLUMN code TYPE VARCHAR(64)",
    "ALTER TABLE item ALTER COLUMN kind TYPE VARCHAR(64)",
    "ALTER TABLE item DROP CONSTRAINT ck_item_code_form",
    f"ALTER TABLE item ADD {ITEM_CODE_NOT_BLANK}",
    "ALTER TABLE item DROP CONSTRAINT ck_item_kind_word",
    f"ALTER TABLE item ADD {ITEM_KIND_NOT_BLANK}",
    "ALTER TABLE measure ALTER COLUMN code TYPE VARCHAR(64)",
    "ALTER TABLE measure DROP CONSTRAINT ck_measure_code_form",
    f"ALTER TABLE measure ADD {MEASURE_CODE_NOT_BLANK}",
    "ALTER TABLE plan ALTER COLUMN mandate_id DROP NOT NULL",
    "ALTER TABLE plan_total ALTER COLUMN name TYPE VARCHAR(64)",
    f"ALTER TABLE theme ADD {THEME_PARENT.rstrip(', ' + chr(10) + chr(9))}",
)


def number_items() -> None:
    """Give the items that are there the keys of their codes, and places in the order in which they were listed.

    That order is: tasks before key projects, each by code. All codes have the form T-001 or P-001.
    """
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, plan_id, kind, code FROM item")).all()
    in_order = sorted(rows, key=lambda row: (row.plan_id, row.kind != "task", len(row.code), row.code))
    values = [
        {"row": row.id, "position": position, "key": key_of(row.code)}
        for _, items in groupby(in_order, key=lambda row: row.plan_id)
        for position, row in enumerate(items, 1)
    ]
    if values:
        connection.execute(sa.text("UPDATE item SET code_key = :key, position = :position WHERE id = :row"), values)


def key_of(code: str) -> str:
    """The form in which a code such as T-001 is compared: t0000000001."""
    letter, _, digits = code.partition("-")
    return letter.lower() + (digits.lstrip("0") or "0").zfill(10)


SEEDED_COLUMNS = "id, source, table_name, seed_key, row_id, said"


def make_seeded_row(*constraints: Part) -> None:
    """Make the table of loaded values again. No other table refers to it."""
    if not on_sqlite():
        op.execute(
            "ALTER TABLE seeded_row ADD COLUMN source VARCHAR(32) DEFAULT 'seeds' NOT NULL"
            " CONSTRAINT ck_seeded_row_source_word CHECK (source IN ('seeds', 'register'))"
        )
        for columns in ("row_id", "seed_key"):
            op.execute(f"ALTER TABLE seeded_row DROP CONSTRAINT uq_seeded_row_table_name_{columns}")
            op.execute(
                f"ALTER TABLE seeded_row ADD CONSTRAINT uq_seeded_row_source_table_name_{columns}"
                f" UNIQUE (source, table_name, {columns})"
            )
        return
    op.execute("ALTER TABLE seeded_row RENAME TO seeded_row_before")
    make_table(
        "seeded_row",
        sa.Column("source", sa.String(length=32), server_default=sa.text("'seeds'"), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("seed_key", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        Check("source_word", "source IN ('seeds', 'register')"),
        *constraints,
    )
    columns = SEEDED_COLUMNS.replace("source", "'seeds'")
    op.execute(f"INSERT INTO seeded_row ({SEEDED_COLUMNS}) SELECT {columns} FROM seeded_row_before")
    op.execute("DROP TABLE seeded_row_before")


def make_kinds_and_mappings() -> None:
    make_table(
        "item_kind",
        reference("plan_id", "plan"),
        sa.Column("key", sa.String(length=64), nullable=False),
        wording("title"),
        sa.Column("position", sa.Integer(), nullable=False),
        based(),
        not_blank("key"),
        unique("plan_id", "key"),
    )
    make_table(
        "import_mapping",
        reference("plan_id", "plan", optional=True),
        digest("shape"),
        sa.Column("columns", sa.JSON(), nullable=False),
        unique("plan_id", "shape"),
    )


def make_changes() -> None:
    """Make the tables of history."""
    make_table(
        "item_change",
        reference("item_id", "item"),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("old_value", sa.Text(), nullable=True),
        sa.Column("new_value", sa.Text(), nullable=True),
        wording("reason"),
        basis(),
        recorded(),
        # Both values can have the text that is redacted.
        Check("value_changes", "coalesce(old_value, '') <> coalesce(new_value, '') OR new_value = '[redacted]'"),
        not_blank("field"),
    )
    make_table(
        "target_change",
        reference("target_id", "target"),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("old_value", sa.Double(), nullable=False),
        sa.Column("new_value", sa.Double(), nullable=False),
        sa.Column("old_due", sa.Date(), nullable=False),
        sa.Column("new_due", sa.Date(), nullable=False),
        wording("reason"),
        basis(),
        recorded(),
        Check("target_changes", "new_value <> old_value OR new_due <> old_due"),
    )
    make_table(
        "organisation_change",
        reference("organisation_id", "organisation"),
        sa.Column("as_of", sa.Date(), nullable=False),
        word("kind", "'renamed', 'merged', 'dissolved'"),
        sa.Column("old_name", sa.Text(), nullable=True),
        sa.Column("new_name", sa.Text(), nullable=True),
        reference("into_id", "organisation", optional=True),
        wording("reason"),
        recorded(),
        Check("renamed_has_its_name", "(kind = 'renamed') = (new_name IS NOT NULL)"),
        Check("merged_names_another", "(kind = 'merged') = (into_id IS NOT NULL)"),
    )
    make_table(
        "plan_act",
        reference("plan_id", "plan"),
        word("kind", "'closed', 'reopened', 'carried-over'"),
        reference("other_plan_id", "plan", optional=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        wording("reason"),
        recorded(),
        Check("carried_over_to_a_plan", "(kind = 'carried-over') = (other_plan_id IS NOT NULL)"),
    )
    make_table(
        "import_batch",
        reference("plan_id", "plan"),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        recorded(),
    )
    for table, owner in (("item_change", "item"), ("target_change", "target"), ("organisation_change", "organisation")):
        op.create_index(op.f(f"ix_{table}_{owner}_id_as_of_id"), table, [f"{owner}_id", "as_of", "id"])
    for table in ("plan_act", "import_batch"):
        op.create_index(op.f(f"ix_{table}_plan_id_id"), table, ["plan_id", "id"])


def set_guards() -> None:
    for table, (columns, redactable) in HISTORY.items():
        guard_redactable_history(table, columns.split(), redactable.split())


def downgrade() -> None:
    for table in HISTORY:
        lift_guards(table)
        op.drop_table(table)
    for table in ("import_mapping", "item_kind"):
        op.drop_table(table)
    restore_seeded_row()
    for index in ("ix_item_added_on", "ix_item_continues_id", "ix_item_plan_id_code_key"):
        op.drop_index(op.f(index), "item")
    tighten()
    for table, columns in NEW_COLUMNS.items():
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")


def restore_seeded_row() -> None:
    op.execute("DELETE FROM seeded_row WHERE source <> 'seeds'")
    if not on_sqlite():
        for columns in ("row_id", "seed_key"):
            op.execute(f"ALTER TABLE seeded_row DROP CONSTRAINT uq_seeded_row_source_table_name_{columns}")
            op.execute(
                f"ALTER TABLE seeded_row ADD CONSTRAINT uq_seeded_row_table_name_{columns} UNIQUE (table_name, {columns})"
            )
        op.execute("ALTER TABLE seeded_row DROP COLUMN source")
        return
    op.execute("ALTER TABLE seeded_row RENAME TO seeded_row_after")
    make_table(
        "seeded_row",
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("seed_key", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        unique("table_name", "row_id"),
        unique("table_name", "seed_key"),
    )
    columns = SEEDED_COLUMNS.replace("source, ", "")
    op.execute(f"INSERT INTO seeded_row ({columns}) SELECT {columns} FROM seeded_row_after")
    op.execute("DROP TABLE seeded_row_after")


# What revision 0006 cannot hold: conditions for the rows of a table.
NEW_ROWS = {
    "item": "measure_id IS NULL OR kind NOT IN ('task', 'key_project') OR length(code) < 5"
    " OR substr(code, 1, 2) <> CASE kind WHEN 'task' THEN 'T-' ELSE 'P-' END"
    " OR trim(substr(code, 3), '0123456789') <> ''",
    "measure": "NOT (substr(code, 1, 1) = 'M' AND code LIKE '__%._%' AND trim(substr(code, 2), '0123456789.') = ''"
    " AND length(code) = length(replace(code, '.', '')) + 1)",
    "plan": "mandate_id IS NULL",
    "theme": "parent_id IS NOT NULL",
}


def tighten() -> None:
    """Make the tables as strict as before. A register that uses what is new cannot go back."""
    connection = op.get_bind()
    for table, is_new in NEW_ROWS.items():
        if connection.execute(sa.text(f"SELECT count(*) FROM {table} WHERE {is_new}")).scalar_one():
            raise ValueError(f"the table {table} has rows that revision {down_revision} cannot hold")
    if on_sqlite():
        for table, replacements in LOOSENED_ON_SQLITE.items():
            edit_table_on_sqlite(table, {new: old for old, new in replacements.items()})
        return
    for statement in TIGHTENED_ON_POSTGRESQL:
        op.execute(statement)


TIGHTENED_ON_POSTGRESQL = (
    "ALTER TABLE item ALTER COLUMN measure_id SET NOT NULL",
    "ALTER TABLE item ALTER COLUMN code TYPE VARCHAR(32)",
    "ALTER TABLE item ALTER COLUMN kind TYPE VARCHAR(32)",
    "ALTER TABLE item DROP CONSTRAINT ck_item_code_not_blank",
    f"ALTER TABLE item ADD {ITEM_CODE_FORM}",
    "ALTER TABLE item DROP CONSTRAINT ck_item_kind_not_blank",
    f"ALTER TABLE item ADD {ITEM_KIND_WORD}",
    "ALTER TABLE measure ALTER COLUMN code TYPE VARCHAR(32)",
    "ALTER TABLE measure DROP CONSTRAINT ck_measure_code_not_blank",
    f"ALTER TABLE measure ADD {MEASURE_CODE_FORM}",
    "ALTER TABLE plan ALTER COLUMN mandate_id SET NOT NULL",
    "ALTER TABLE plan_total ALTER COLUMN name TYPE VARCHAR(32)",
    "ALTER TABLE theme DROP CONSTRAINT fk_theme_plan_id_parent_id",
)
