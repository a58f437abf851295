"""Who agrees on what: units, parties, goals, agreements, their revisions and signatures."""
