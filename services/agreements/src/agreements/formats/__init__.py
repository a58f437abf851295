"""Files from outside: what they really are, and what stands in them."""
