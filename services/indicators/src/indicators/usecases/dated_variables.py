"""Variables and their versions as numbers, so that each row is judged by the version in force in its month."""

from collections.abc import Mapping, Sequence

import polars as pl
from domain.dated import holding
from domain.identity import VariableCode
from domain.period import Month
from domain.variable import Variable
from domain.variable_versions import lasting, overall


class DatedVariables:
    """Each variable has a number; each version of one that changed, or is not for ever, has another behind those."""

    def __init__(self, variables: Mapping[VariableCode, Sequence[Variable]]) -> None:
        """Give variables the first numbers, in their order."""
        self.numbers = {str(code): number for number, code in enumerate(variables)}
        self.versions = [overall(made) for made in variables.values()]
        counting = {number: lasting(made) for number, made in enumerate(variables.values())}
        self._dated = {number: versions for number, versions in counting.items() if _limited(versions)}
        self._number: dict[tuple[int, Variable], int] = {}
        for number, versions in self._dated.items():
            for version in versions:
                self._number[number, version] = len(self.versions)
                self.versions.append(version)

    @property
    def outside(self) -> pl.Expr:
        """Find rows whose variable is not in force in their month."""
        return pl.col("v").is_in(list(self._dated)) & pl.col("m").is_not_null()

    def in_month(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Put the version in force in its month in the place of a row's variable (`v`), where there is one."""
        if not self._dated:
            return rows
        places = rows.filter(self.outside).select("v", "m").unique().rows()
        known = [(v, m, self._number[v, found]) for v, m in places if (found := self._version(v, m)) is not None]
        schema = dict.fromkeys(("v", "m", "version"), pl.Int32)
        numbered = pl.DataFrame(known, schema=schema, orient="row")
        joined = rows.join(numbered, on=["v", "m"], how="left", maintain_order="left")
        return joined.with_columns(v=pl.coalesce("version", "v")).drop("version")

    def _version(self, variable: int, month: int) -> Variable | None:
        return holding(self._dated[variable], Month.numbered(month).last_day)


def _limited(versions: Sequence[Variable]) -> bool:
    return len(versions) > 1 or versions[0].valid_from is not None or versions[0].valid_until is not None
