"""The commands, one module each; `register` adds a command to the parser."""
