"""JIWA: reads a conversation after its end, keeps what it says of the person with evidence, and recalls it."""
