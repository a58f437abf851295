"""The conveniences of a laptop, refused in production: an issuer of tokens, and PostgreSQL from a wheel."""
