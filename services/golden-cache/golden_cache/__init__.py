"""Finds prepared answers in milliseconds, and never a wrong one."""
