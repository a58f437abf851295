"""Answers as tables, for whoever works in a spreadsheet."""
