"""HTTP in: one module a resource, schemas beside it; a route parses, calls once, renders."""
