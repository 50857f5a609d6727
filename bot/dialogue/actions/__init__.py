"""The actions of the state machine: what becomes of the session, and what the bot does, for each row of the table.

Pure functions from a session and an event to a step; `going` holds what they share.

    going      taking up topics, asking what matters, telling answers, going on with what waits
    topics     a question is asked, or left
    offers     a round of choices, and what people say to it
    answering  a follow-up question, and what people say to it
    case       the facts of an answer: changed, supposed, denied
    talking    about the answer, words, countries, emergencies, the bot
    giving     votes, donated questions, access and erasure
"""
