"""Lists as tables: every row of a question, in the form a client asks for."""
