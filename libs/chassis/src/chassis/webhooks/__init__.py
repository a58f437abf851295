"""Events pushed as Standard Webhooks to allow-listed targets; the feed stays the truth, a push is a hint."""
