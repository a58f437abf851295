"""What is wrong with an input, in words: English as the validating library says it, German by its kinds of faults."""
