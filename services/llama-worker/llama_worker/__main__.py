"""`python -m llama_worker`."""

from llama_worker.main import main

main()
