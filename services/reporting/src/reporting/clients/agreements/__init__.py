"""The agreements service, as this one needs it."""
