"""cultural-rag: the right cultural notes and passages for a message, or none."""
