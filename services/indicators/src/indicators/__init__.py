"""What is measured: variables, indicators, deliveries, observations with their history, readings."""
