"""Prompts are code with versions: pure functions to a model request."""
