"""How often one may ask: requests are counted, what is left is told, and what is too much is refused."""
