"""Internal control: grids, rounds, answers, sums, consequences, and external audits."""
