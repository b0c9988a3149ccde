"""The simulator: Anthropic's Messages API, RunPod's queue API and OpenAI's chat completions over HTTP, without a model.

An embedded stand-in, so that the whole system runs and is tested without keys: it answers by extraction from the
prompt itself. Everything it sends is marked as simulated; it is never a source of product answers.
"""
