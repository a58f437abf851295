"""The formula language: small, typed and total; no loops, no names from outside."""
