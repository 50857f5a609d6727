"""The knowledge: its model, the loader that reads it strictly, and the rules it must keep."""
