"""`python -m shadow_judge`."""

from shadow_judge.main import main

main()
