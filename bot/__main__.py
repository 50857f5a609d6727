"""`python -m bot`: the same as the installed command."""

import sys

from bot.cli import main

sys.exit(main())
