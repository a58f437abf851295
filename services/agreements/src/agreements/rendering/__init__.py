"""What people and verifiers get: the agreement as PDF, the evidence as ZIP."""
