"""What the indicators service decides: one module an activity, one function an act."""
