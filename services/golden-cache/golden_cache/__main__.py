"""`python -m golden_cache`."""

from golden_cache.main import main

main()
