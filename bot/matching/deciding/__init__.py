"""Features become scores, probabilities and a decision, with what was learnt before."""
