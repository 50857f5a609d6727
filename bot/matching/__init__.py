"""Matching: a text becomes ranked entries, a decision, facts, an utterance or a language. Pure and deterministic.

What reads: normalise, vocabulary (typos, compounds), parts (what asks, what tells), concepts, features; language,
phrases, facts and utterances for what is no topic.
What ranks: corpus (what is learnt from), columns and tally (features as numbers), training, index, profiles, scoring,
decision (probabilities and what comes of them), calibration; learning puts them together, model and storage hold what
came of it.
What tells: matcher is the face of it all; evaluation, explanation and pairs say how good it is and why.
"""
