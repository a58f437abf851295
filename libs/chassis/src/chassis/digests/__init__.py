"""What a sender says of the bytes it sends (RFC 9530), held against those that arrive."""
