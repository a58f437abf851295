"""The indicators service, as this one needs it."""
