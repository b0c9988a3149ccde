"""Golden lookup without I/O: what a message asks, what an entry covers, and whether the one answers the other."""
