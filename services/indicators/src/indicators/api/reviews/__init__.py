"""Internal control on the wire."""
