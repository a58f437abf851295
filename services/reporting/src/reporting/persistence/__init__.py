"""Rows in and out: tables, and one module an aggregate."""
