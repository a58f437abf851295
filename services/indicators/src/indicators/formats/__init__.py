"""Files in: the only code that knows CSV, XLSX and JSON; each gives the same text columns with row numbers."""
