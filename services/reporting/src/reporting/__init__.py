"""How far it has come: attainment, traffic lights, reports."""
