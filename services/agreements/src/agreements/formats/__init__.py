"""Tables in: the only code that knows CSV, XLSX and JSON; each gives the same rows with their numbers."""
