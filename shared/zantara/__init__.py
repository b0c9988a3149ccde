"""What the six services of ZANTARA share: the language of events, the bus, the database, models and the runtime."""
