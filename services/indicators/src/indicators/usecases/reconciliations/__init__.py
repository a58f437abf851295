"""Official figures held against ours: received, compared behind the answer, each difference with its likely cause."""
