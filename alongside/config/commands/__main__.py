"""`python -m alongside.config.commands` is the same as `alongside`."""

import sys

from . import main

sys.exit(main())
