"""What a person was told is kept: how it is written, and the one record of it, `corpus/kept.json`.

Everything that people make and casekit acknowledges (catalogue, rulings, decisions, rejections, relations, links, notes, cards,
what lies in the trash, the log) is written by `keep`, and stands in the record with its SHA-256. So `casekit verify` can say "this
is what you acknowledged", or name what differs. Sources and their text layers have their checksums in the catalogue.
"""

from casekit.kept.comparing import Difference, accept, changed_outside, differences
from casekit.kept.log import append_events, rewrite_events
from casekit.kept.loglines import read_events
from casekit.kept.opening import cannot_write
from casekit.kept.places import kept_files
from casekit.kept.record import RECORD_NAME, Kept, read_record
from casekit.kept.writing import acknowledge, as_kept, keep, keep_all, next_trash_number

__all__ = [
    "RECORD_NAME",
    "Difference",
    "Kept",
    "accept",
    "acknowledge",
    "append_events",
    "as_kept",
    "cannot_write",
    "changed_outside",
    "differences",
    "keep",
    "keep_all",
    "kept_files",
    "next_trash_number",
    "read_events",
    "read_record",
    "rewrite_events",
]
