"""Word lists of the checks, in Italian, English and Indonesian; entries are written without accents."""
