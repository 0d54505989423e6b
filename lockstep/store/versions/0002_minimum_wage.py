"""The local minimum wage of each legal entity, without which nothing is ever deducted from wages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "minimum_wage",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("monthly_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "effective_from", name="pk_minimum_wage"),
        sa.CheckConstraint("monthly_fen > 0", name=op.f("ck_minimum_wage_positive")),
    )
