"""How every record looks in a notebook; `text/plain` stays what it is.

Displays are hung on IPython's HTML formatter by the name of the class, so that nothing below this layer knows of them and no
module is loaded before one of its records is shown.
"""

from __future__ import annotations

from casekit.jupyter.kernel.display.hooks import display_of, install
from casekit.jupyter.kernel.display.registry import DISPLAYS

__all__ = ["DISPLAYS", "display_of", "install"]
