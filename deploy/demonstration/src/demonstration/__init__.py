"""The demonstration: real targets, generated monthly figures, loaded through the public API."""
