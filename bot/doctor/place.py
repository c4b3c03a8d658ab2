"""What the doctor sees on this machine: settings, the database, the disk and the file system under it."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import migrations
from bot.doctor.finding import Finding
from bot.manifest import UnusableManifest, manifest
from bot.settings import Settings
from handlers.registry import registry
from storage.database import file_of
from storage.database.sqlite import wal_bug_present

MOUNTS = Path("/proc/self/mounts")
"""Where Linux says what is mounted; elsewhere nobody is asked."""
AFAR = ("nfs", "cifs", "smb", "fuse.", "9p", "afs", "ceph", "gluster", "lustre", "virtiofs")
"""How the names of file systems begin whose locks are another machine's business."""
ROOM = 512 * 1024 * 1024
"""Bytes that should be free: a full disk confirms nothing."""


def findings(settings: Settings, *, socket: bool) -> Iterator[Finding]:
    """All that can be seen without asking Slack."""
    yield _settings(settings, socket)
    yield _commands()
    yield _schema(settings)
    path = file_of(settings.database)
    if path is not None:
        yield _sqlite()
        if (kind := file_system(path)) is not None:
            yield afar(kind)
        folder = _there(path.absolute().parent)
        yield room(folder, shutil.disk_usage(folder).free)


def _settings(settings: Settings, socket: bool) -> Finding:
    missing = settings.missing(socket=socket)
    if missing and settings.app_token.get_secret_value():
        missing = settings.missing(socket=True)
    if missing:
        step = "Set them (see .env.example); you find them on your app's pages at api.slack.com/apps."
        return Finding("Settings", f"not set: {', '.join(missing)}", step)
    if len(settings.signing_secrets) > 2:
        step = "Keep the new one and the old one; every secret more is one more that lets requests in."
        return Finding("Settings", f"{len(settings.signing_secrets)} signing secrets", step)
    rotating = "; two signing secrets: drop the old one after a day" * (len(settings.signing_secrets) == 2)
    return Finding("Settings", f"complete{rotating}")


def _commands() -> Finding:
    """Slack's own names are known; another app's are not, and who was installed last has the name."""
    try:
        made = manifest(registry(), None, socket=True)
    except UnusableManifest as error:
        return Finding("Commands", str(error), "Make the manifest with --prefix, as in --prefix tl-.")
    names = ", ".join(one["command"] for one in made["features"]["slash_commands"])
    return Finding(
        "Commands",
        f"{names}: none is Slack's own. Whether another app has one of them cannot be seen from here; if it"
        " answers in our place, make the manifest with --prefix tl-, or type /throughline before the command",
    )


def _schema(settings: Settings) -> Finding:
    try:
        found = migrations.state(settings.database)
    except migrations.NoDatabase as error:
        return Finding("Database", str(error), "Check THROUGHLINE_DATABASE_URL, and that its server runs.")
    if found.empty:
        return Finding("Database", "empty; the first start fills it")
    if found.newer:
        step = "Start the newer Throughline that wrote it, or put back a backup made before it."
        return Finding("Database", f"schema {found.current}, this version knows {found.wanted}", step)
    if found.current is None:
        return Finding("Database", "tables that are not Throughline's", "Give it a database of its own.")
    if not found.ready:
        step = "Make a backup, then run `throughline migrate`."
        return Finding("Database", f"schema {found.current}, wanted {found.wanted}", step)
    return Finding("Database", f"schema {found.current}")


def _sqlite() -> Finding:
    bug = wal_bug_present(sqlite3.sqlite_version_info[:3])
    note = "; its WAL-reset bug cannot bite: one thread writes (docs/adr/0002)" if bug else ""
    return Finding("SQLite", f"{sqlite3.sqlite_version}{note}")


def file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """The kind of file system under that path; None where the machine does not say."""
    if not mounts.exists():
        return None
    where, kind = path.absolute().resolve(), None
    best = -1
    for line in mounts.read_text().splitlines():
        _, at, its, *_ = line.split(" ")
        mounted = Path(at.replace("\\040", " "))
        if where.is_relative_to(mounted) and len(mounted.parts) > best:
            best, kind = len(mounted.parts), its
    return kind


def afar(kind: str) -> Finding:
    """Whether SQLite's locks hold on such a file system."""
    if not kind.startswith(AFAR):
        return Finding("File system", kind)
    step = (
        "SQLite needs locks that hold, and a network's may not: set THROUGHLINE_DATA_DIR to a folder on a local disk,"
        " or use PostgreSQL."
    )
    return Finding("File system", f"{kind}, shared over a network or with another machine", step)


def room(folder: Path, free: int) -> Finding:
    """Whether so many free bytes are enough."""
    said = f"{free / 1024**3:.1f} GiB free"
    if free < ROOM:
        return Finding("Disk", said, f"Make room on the disk of {folder}: when it is full nothing is saved.")
    return Finding("Disk", said)


def _there(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    while not folder.exists():
        folder = folder.parent
    return folder
