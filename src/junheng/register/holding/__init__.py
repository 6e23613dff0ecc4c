"""The city folder: submissions in, snapshots in force out; originals kept, identities replaced, nothing ever half done."""

from junheng.register.holding.accept import ImportResult, import_all
from junheng.register.holding.city import City
from junheng.register.holding.snapshots import Snapshot, open_snapshot

__all__ = ["City", "ImportResult", "Snapshot", "import_all", "open_snapshot"]
