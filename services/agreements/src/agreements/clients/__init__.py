"""HTTP out: gateways to other services."""
