"""A person is known by one number: the first 8 of the 16 bytes that stood for each."""

from io import BytesIO

import polars as pl
import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

FILES = sa.text("SELECT unit, kind, month, delivery FROM record_files")
OF_FILE = "WHERE unit = :unit AND kind = :kind AND month = :month AND delivery = :delivery"
CONTENT = sa.text(f"SELECT content FROM record_files {OF_FILE}")
KEEP = sa.text(f"UPDATE record_files SET content = :content {OF_FILE}")
NUMBER = pl.col("person").bin.slice(0, 8).bin.reinterpret(dtype=pl.Int64, endianness="big")


def upgrade() -> None:
    # Locked first: whoever still takes records in looks here before, so no file of the old form comes in meanwhile.
    op.execute("""
        ALTER TABLE record_persons ALTER COLUMN person TYPE bigint
        USING CAST(CAST('x' || encode(substring(person FROM 1 FOR 8), 'hex') AS bit(64)) AS bigint)
    """)
    connection = op.get_bind()
    for file in connection.execute(FILES).mappings().all():
        content = connection.execute(CONTENT, dict(file)).scalar_one()
        connection.execute(KEEP, {**file, "content": _numbered(content)})


def downgrade() -> None:
    raise RuntimeError("what is cut off is not known again")


def _numbered(content: bytes) -> bytes:
    """Give a file with its persons as numbers, in the order of these."""
    out = BytesIO()
    rows = pl.read_parquet(BytesIO(content)).with_columns(NUMBER).sort("person")
    rows.write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()
