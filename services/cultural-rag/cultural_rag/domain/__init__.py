"""The decisions of this service, without I/O: reading documents, cutting passages, ranking, scoring cultural notes."""
