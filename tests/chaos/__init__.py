"""The real process, killed at every step of a turn: nothing may be lost, and hardly anything doubled.

    steps    in the bot's process: counts the steps it takes, and kills it at a given one
    forks    starts bot processes quickly: one process loads everything, each bot is a fork of it
    talk     what people say, what they hear without kills, and what went wrong with them
    run      a whole run with so many kills

`python -m tests.chaos 1000` (`make chaos N=1000`) runs it for as many kills as are wanted.
"""
