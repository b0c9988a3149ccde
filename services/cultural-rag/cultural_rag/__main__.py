"""`python -m cultural_rag`."""

from cultural_rag.main import main

main()
