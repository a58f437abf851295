"""The formulas of the domain over units and months at once: the same meaning as `domain.reading`, in columns."""
