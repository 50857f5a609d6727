"""A question-and-answer bot whose every sentence cites its source.

The layers, imports point down only (kept by import-linter, see pyproject.toml):

    cli            composition root: the only module that builds things and reads settings
    channels       Telegram, terminal: wire format <-> messages
    delivery       from an update that has arrived to a reply that was delivered; nothing is lost on the way
    assistant      one turn: open the session, understand, step, respond, save
    understanding  what a message meant, given the state of its dialogue -> one event
    sessions       what is kept: inbox, dialogues, outbox, sealed; in memory, SQLite or Redis
    dialogue       the small state machine, follow-up questions, replies
    matching       text -> ranked entries, facts, a calibrated decision
    knowledge      YAML -> frozen model, and the rules it must keep
    messages       what crosses a channel
    faults         how an error may be told of

The engine knows nothing of data protection: all of that is in the knowledge folder.
"""
