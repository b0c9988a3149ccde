"""`python -m golden_cache`; numpy reads the setting when it loads, and threads would only slow so small a product."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from golden_cache.main import main

main()
