"""What a workspace keeps for good: the added files, their text layers, hand-made overrides, the trash and the log."""

from casekit.rulings import Override
from casekit.store.keeping import Store, sha256_of
from casekit.store.layer import Layer
from casekit.store.trash import Trash

__all__ = ["Layer", "Override", "Store", "Trash", "sha256_of"]
