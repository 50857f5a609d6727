"""What is learnt from, and what is learnt: a corpus becomes weights, curves and thresholds.

Needs libraries that are slow to load: nothing here is imported where something is only read.
"""
