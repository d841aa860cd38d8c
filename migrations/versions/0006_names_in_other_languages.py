"""Goals, themes and measures have names in other languages; such a name says on what basis it stands.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BASES = "'stated', 'derived', 'working', 'registered', 'simulated'"


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
    op.create_table(
        "title_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(goal_id IS NOT NULL AND theme_id IS NULL AND measure_id IS NULL)"
            " OR (goal_id IS NULL AND theme_id IS NOT NULL AND measure_id IS NULL)"
            " OR (goal_id IS NULL AND theme_id IS NULL AND measure_id IS NOT NULL)",
            name=op.f("ck_title_name_names_one"),
        ),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_title_name_name_not_blank")),
        sa.CheckConstraint(f"basis IN ({BASES})", name=op.f("ck_title_name_basis_word")),
        sa.CheckConstraint(
            "basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_title_name_basis_derived_names_rule")
        ),
        sa.CheckConstraint(
            "basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_title_name_basis_stated_cites")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_title_name_goal_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_title_name_theme_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_title_name_measure_id")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_title_name_citation_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_title_name_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_name")),
        *(
            sa.UniqueConstraint(f"{owner}_id", "language", name=op.f(f"uq_title_name_{owner}_id_language"))
            for owner in ("goal", "theme", "measure")
        ),
    )


def downgrade() -> None:
    op.drop_table("title_name")
    # SQLite drops a column with the checks that stand beside it; PostgreSQL too.
    for column in ("citation_id", "basis"):
        op.execute(f"ALTER TABLE organisation_name DROP COLUMN {column}")
