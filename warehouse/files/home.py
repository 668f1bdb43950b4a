"""The home folder: what was submitted, what was built, which build is served.

`HOME/<profile>/{receipts.jsonl, archive/, lake/, loads/, decisions/, builds/, editions/, CURRENT,
secret}`
"""

import csv
import io
import os
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DEFAULT_HOME = REPOSITORY / "data" / "home"
DEFAULT_PROFILE = "demo"


@dataclass(frozen=True)
class Home:
    """Paths of one profile's home; nothing is created until something is written."""

    root: Path
    profile: str

    @classmethod
    def find(cls, root: str | Path | None = None, profile: str | None = None) -> "Home":
        """The home named by argument, else by the environment, else the default."""
        chosen = root or os.environ.get("LIANGSHAI_HOME") or DEFAULT_HOME
        return cls(
            Path(chosen).resolve(),
            profile or os.environ.get("LIANGSHAI_PROFILE") or DEFAULT_PROFILE,
        )

    @property
    def folder(self) -> Path:
        return self.root / self.profile

    @property
    def receipts(self) -> Path:
        return self.folder / "receipts.jsonl"

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def lake(self) -> Path:
        return self.folder / "lake"

    @property
    def loads(self) -> Path:
        return self.folder / "loads"

    @property
    def decisions(self) -> Path:
        return self.folder / "decisions"

    @property
    def builds(self) -> Path:
        return self.folder / "builds"

    @property
    def editions(self) -> Path:
        return self.folder / "editions"

    @property
    def current(self) -> Path:
        return self.folder / "CURRENT"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def profile_folder(self) -> Path:
        """The profile's CSV files: the office's own before the delivered ones."""
        return profile_folder(self.profile, self.root)

    def secret(self) -> bytes:
        """The key person identifiers are hashed with; made once, readable by the owner alone."""
        path = self.folder / "secret"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, secrets.token_hex(32).encode())
            path.chmod(0o600)
        return path.read_bytes()


def profile_folders(root: Path) -> dict[str, Path]:
    """All profiles by name; one in HOME/profiles hides a delivered one of the same name."""
    found: dict[str, Path] = {}
    for parent in (REPOSITORY / "data" / "profiles", root / "profiles"):
        if parent.is_dir():
            found |= {p.name: p for p in sorted(parent.iterdir()) if (p / "profile.csv").is_file()}
    return found


def profile_folder(name: str, root: Path) -> Path:
    """Folder of one profile; LookupError with a Chinese sentence when there is none."""
    folders = profile_folders(root)
    if name not in folders:
        raise LookupError(f"没有名为“{name}”的辖区配置；现有：{'、'.join(folders)}")
    return folders[name]


def write_atomic(path: Path, content: bytes) -> None:
    """Write beside, fsync, replace: readers see the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def append_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Add rows to a CSV that only ever grows, at once or not at all; a new one gets its header."""
    before = path.read_bytes() if path.exists() else b""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not before:
        writer.writerow(header)
    writer.writerows(rows)
    write_atomic(path, before + text.getvalue().encode())


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable; systems that cannot open folders (Windows) skip it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
