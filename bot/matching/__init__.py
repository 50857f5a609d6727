"""Matching: a text becomes ranked entries, a decision, facts, an utterance or a language. Pure and deterministic."""
