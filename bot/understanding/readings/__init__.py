"""How one text can be read, one reading a function: what was heard -> the event it means, or None if it does not fit.

heard     what is looked up of a text once
offered   what people say to a round of choices
answered  what they say to a follow-up question
talked    commands, emergencies, words, countries, talk about the answer, small talk
asked     questions, what takes them up, facts told in passing
"""
