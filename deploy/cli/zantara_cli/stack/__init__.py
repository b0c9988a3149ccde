"""Everything on one machine: embedded NATS and PostgreSQL, the simulator and the six services under one supervisor."""
