"""Files in and out: the only code that knows CSV, XLSX, JSON and the rest; all give the same text columns."""
