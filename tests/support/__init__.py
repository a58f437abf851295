"""What tests stand on: databases, tokens, clients, builders."""
