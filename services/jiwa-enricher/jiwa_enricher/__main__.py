"""`python -m jiwa_enricher`."""

from jiwa_enricher.main import main

main()
