"""The keys by which an issuer's tokens are verified."""
