"""`python -m casekit`."""

from __future__ import annotations

import sys

from casekit.cli import main

sys.exit(main())
