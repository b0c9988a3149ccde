"""The fast voice: hears people over HTTP, answers them, and keeps what was said."""
