"""Measures LLAMA beside what the user saw; never in the user's path."""
