"""Files from outside: what they really are, and what is in them."""
