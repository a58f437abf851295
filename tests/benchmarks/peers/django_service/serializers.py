"""What a row must be: a known unit, a known variable, a month, an age group, a number."""

from rest_framework import serializers

AGE_GROUPS = ("under_25", "25_to_54", "55_plus")


class ObservationSerializer(serializers.Serializer):
    """Check a row against registers that were read once for the whole file."""

    unit = serializers.CharField(source="unit_id")
    variable = serializers.CharField(source="variable_id")
    month = serializers.DateField(input_formats=["%Y-%m"])
    age_group = serializers.ChoiceField(choices=AGE_GROUPS, allow_blank=True)
    value = serializers.DecimalField(max_digits=20, decimal_places=4)

    def validate_unit(self, code: str) -> int:
        return self._known("units", code)

    def validate_variable(self, code: str) -> int:
        return self._known("variables", code)

    def _known(self, register: str, code: str) -> int:
        key = self.context[register].get(code)
        if key is None:
            raise serializers.ValidationError(f"{code!r} is not among the {register}")
        return key
