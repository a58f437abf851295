"""What the database cannot do: keep some texts, and answer while it is away."""
