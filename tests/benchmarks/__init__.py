"""What the bot costs: start-up, memory, time per question and the size of the matcher against plain rapidfuzz.

Ratios in one run, never a timed test: `make bench`.
"""
