"""The peer built on Django: a small REST service that takes the same file, as a team at home in Django writes it."""
