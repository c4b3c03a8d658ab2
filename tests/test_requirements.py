"""The pinned requirements: everybody's pip finds them wherever that pip looks."""

import re
from pathlib import Path

import pytest

LOCKS = sorted((Path(__file__).parent.parent / "requirements").iterdir())
PINNED = re.compile(r"[\w.-]+(\[[\w,-]+\])?==[\w.+!-]+( ; [^#]+)? \\")
REST = re.compile(r"    (--hash=sha256:[0-9a-f]{64}( \\)?|# .*)")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda one: one.name)
def test_no_lock_names_a_host(lock: Path) -> None:
    """Names, versions and hashes only: no address, and no option that says where to look."""
    lines = lock.read_text().splitlines()
    assert len(lines) > 100
    assert [one for one in lines if not PINNED.fullmatch(one) and not REST.fullmatch(one)] == []
    assert [one for one in lines if "://" in one or "@" in one or "index" in one] == []
