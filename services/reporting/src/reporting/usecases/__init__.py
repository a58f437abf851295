"""What the reporting service decides: one module an activity, one function an act."""
