"""What Slack would not take is found without reading all that was ever sent."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of the dead calls."""
    dead = sa.column("state").in_(("dead",))
    op.create_index("outbox_dead", "outbox", ["workspace", "id"], sqlite_where=dead, postgresql_where=dead)
