"""Matching: a text becomes ranked entries, a decision, facts, an utterance or a language. Pure and deterministic.

    matcher    the face of it all
    reading    text -> features: typos, compounds, what asks and what tells, ideas
    learning   corpus -> what is learnt of it
    deciding   features -> scores, probabilities, a decision
    judging    how good it is
    facts      what a text tells, supposes or denies
    talk       small talk, commands, talk about an answer
    mentions   terms, countries, emergencies, moments

Shared by the rooms: normalise, legible, language, phrases (how phrases are found) and spelling (how they are written).
"""
