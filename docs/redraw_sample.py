"""Redraw a sample: python redraw_sample.py references.txt size [seed] (UTF-8, one reference a line, no header)."""

import hashlib
import sys
from pathlib import Path

name, size, *seed = sys.argv[1:]
references = sorted(line.strip() for line in Path(name).read_text("utf-8").splitlines())
digest = hashlib.sha256("".join(f"{one}\n" for one in references).encode()).hexdigest()
start = seed[0] if seed else digest
ranked = sorted(references, key=lambda one: hashlib.sha256(f"{start}{digest}{one}".encode()).digest())
print(f"population_digest {digest}\npopulation_size {len(references)}\nseed {start}")
print("\n".join(f"{rank} {one}" for rank, one in enumerate(ranked[: int(size)], start=1)))
