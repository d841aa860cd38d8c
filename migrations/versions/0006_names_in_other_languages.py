"""Goals, themes and measures have names in other languages; such a name says on what basis it stands.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    BASES,
    Check,
    derived_names_rule,
    make_table,
    not_blank,
    one_of,
    reference,
    stated_cites,
    unique,
)

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_basis_of_organisation_names()
    make_title_name()


def add_basis_of_organisation_names() -> None:
    """Names that are there already get no basis: nothing says which texts print them until they are loaded again."""
    # Batch mode would make the table again. Both databases take this.
    op.execute(
        "ALTER TABLE organisation_name ADD COLUMN basis VARCHAR(32)"
        f" CONSTRAINT ck_organisation_name_basis_word CHECK (basis IN ({BASES}))"
        " CONSTRAINT ck_organisation_name_basis_not_derived CHECK (basis <> 'derived')"
    )
    op.execute(
        "ALTER TABLE organisation_name ADD COLUMN citation_id INTEGER"
        " CONSTRAINT fk_organisation_name_citation_id REFERENCES citation (id)"
        " CONSTRAINT ck_organisation_name_basis_stated_cites CHECK (basis <> 'stated' OR citation_id IS NOT NULL)"
    )


def make_title_name() -> None:
    owners = ("goal", "theme", "measure")
    make_table(
        "title_name",
        *(reference(f"{owner}_id", owner, optional=True) for owner in owners),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        reference("citation_id", "citation", optional=True),
        reference("rule_id", "derivation_rule", optional=True),
        Check(
            "names_one",
            "(goal_id IS NOT NULL AND theme_id IS NULL AND measure_id IS NULL)"
            " OR (goal_id IS NULL AND theme_id IS NOT NULL AND measure_id IS NULL)"
            " OR (goal_id IS NULL AND theme_id IS NULL AND measure_id IS NOT NULL)",
        ),
        not_blank("name"),
        one_of("basis", BASES),
        derived_names_rule(),
        stated_cites(),
        *(unique(f"{owner}_id", "language") for owner in owners),
    )


def downgrade() -> None:
    op.drop_table("title_name")
    # SQLite drops a column with the checks that stand beside it; PostgreSQL too.
    for column in ("citation_id", "basis"):
        op.execute(f"ALTER TABLE organisation_name DROP COLUMN {column}")
