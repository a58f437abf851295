"""What every Zielwerk service stands on: transport and plumbing, no rule of the field."""
