"""Units, variables, and observations with the natural key of Zielwerk's history, the delivery left out."""

from django.db import models


class Unit(models.Model):
    code = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return self.code


class Variable(models.Model):
    code = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.code


class Observation(models.Model):
    """A value of a month; the indexes Django puts on foreign keys are left out, the unique key serves reads."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    variable = models.ForeignKey(Variable, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    age_group = models.CharField(max_length=16, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "variable", "month", "age_group"], name="one_value_a_month"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.variable_id} {self.month:%Y-%m}"
