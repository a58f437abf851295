"""Deliveries wait in line for their outcome; findings and differences are columns, however many there are."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import open_to_readers, protect_through
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DELIVERY_IN_REACH = "SELECT 1 FROM delivery_units d WHERE d.delivery = differences.delivery"
SHIPPED = [
    {
        "code": "vendor-csv",
        "version": 1,
        "title": "Einfache CSV-Datei eines Fachverfahrens: Semikolon, Dezimalkomma, Monat als MM/JJJJ",
        "media_type": "text/csv",
        "columns": {
            "Einheit": "unit",
            "Merkmal": "variable",
            "Monat": "month",
            "Wert": "value",
            "Geschlecht": "sex",
            "Altersgruppe": "age_group",
        },
        "translations": {
            "sex": {"w": "f", "weiblich": "f", "männlich": "m"},
            "age_group": {"unter 25": "under_25", "25 bis 54": "25_to_54", "55 und älter": "55_plus"},
        },
        "delimiter": ";",
        "decimal": ",",
        "months": "slash",
        "units": "code",
    },
    {
        "code": "xsozial-ba-sgb-ii",
        "version": 1,
        "title": "XSozial-BA-SGB II: monatliche XML-Lieferung der zugelassenen kommunalen Träger (§ 51b SGB II)",
        "media_type": "application/xml",
        "mode": "complete",
        "ready": False,
        "remark": "the official XML schema and the elements of its data record description "
        "(/ das amtliche XML-Schema und die Elemente der Datensatzbeschreibung)",
    },
]


def upgrade() -> None:
    nought = sa.text("0")
    op.add_column("deliveries", sa.Column("rows_read", sa.BigInteger(), nullable=False, server_default=nought))
    op.add_column("deliveries", sa.Column("rows_compared", sa.BigInteger(), nullable=False, server_default=nought))
    op.add_column("deliveries", sa.Column("revision", sa.BigInteger(), nullable=True))
    op.execute("UPDATE deliveries SET revision = number")
    op.create_unique_constraint("deliveries_revision_key", "deliveries", ["revision"])
    # The month leads the key: a month's rows are appended behind all earlier ones instead of between them.
    op.drop_constraint("observations_pkey", "observations", type_="primary")
    op.create_primary_key("observations_pkey", "observations", ["month", "unit_id", "series_id", "delivery"])
    op.add_column("deliveries", sa.Column("retracts", sa.BigInteger(), nullable=True))
    op.create_index("deliveries_by_retracted", "deliveries", ["retracts"], unique=True)
    op.drop_constraint("findings_pkey", "findings", type_="primary")
    op.drop_column("findings", "ordinal")
    op.create_primary_key("findings_pkey", "findings", ["delivery", "row", "column", "code"])
    # What a dry run would change is told anew by the next dry run; it is nothing that was delivered.
    op.drop_table("differences")
    op.create_table(
        "differences",
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("series_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("old", sa.Numeric(), nullable=True),
        sa.Column("new", sa.Numeric(), nullable=True),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.number"]),
        sa.PrimaryKeyConstraint("delivery", "unit_id", "month", "series_id"),
    )
    op.create_table(
        "delivery_jobs",
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.Column("allowed", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.number"]),
        sa.PrimaryKeyConstraint("delivery"),
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("delivery", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    profiles = op.create_table(
        "mapping_profiles",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("code", "version"),
    )
    op.bulk_insert(profiles, [{"code": one["code"], "version": 1, "body": one} for one in SHIPPED])
    for statement in open_to_readers("mapping_profiles"):
        op.execute(statement)
    for statement in protect_through("differences", DELIVERY_IN_REACH):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("deliveries in line are not taken away")
