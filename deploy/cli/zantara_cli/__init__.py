"""The `zantara` command: the embedded stack, the simulator, and what an operator does."""
