"""`python -m cotejo_demo`."""

import sys

from cotejo_demo.main import main

sys.exit(main())
