"""From case records to statutory variables: columns in, columns out, without database or framework."""
