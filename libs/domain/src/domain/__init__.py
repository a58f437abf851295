"""The words and rules of target agreements (SGB II): pure, without I/O, clock or randomness."""
