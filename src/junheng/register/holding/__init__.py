"""The city folder: submissions in, snapshots in force out; originals kept, identities replaced, nothing ever half done."""

from junheng.register.holding.accept import ImportResult, faults_of, import_all
from junheng.register.holding.city import City
from junheng.register.holding.differences import Difference, compare
from junheng.register.holding.snapshots import Snapshot, open_snapshot, snapshot_named

__all__ = ["City", "Difference", "ImportResult", "Snapshot", "compare", "faults_of", "import_all", "open_snapshot",
           "snapshot_named"]
