"""The prompts of jiwa-enricher: one module each, pure, versioned."""
