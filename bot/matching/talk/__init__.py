"""Utterances that are no question: small talk, commands, talk about an answer; and the form of questions."""
