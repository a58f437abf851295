"""Documents out: a report's value as JSON, HTML and PDF; rendering asks nothing, everything is in the value."""
