"""What the agreements service decides: one module an activity, one function an act."""
