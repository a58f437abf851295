"""The contract of a service as it is told: every failure is a problem, every schema has an example."""
