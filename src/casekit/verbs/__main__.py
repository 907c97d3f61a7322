"""`python -m casekit.verbs [README.md]`: the README's table of commands."""

from __future__ import annotations

import sys

from casekit.verbs.table import main

main(sys.argv[1:])
