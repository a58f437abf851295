"""Names of things: two of them cannot be swapped by mistake."""

from typing import NewType
from uuid import UUID

UnitCode = NewType("UnitCode", str)
VariableCode = NewType("VariableCode", str)
IndicatorCode = NewType("IndicatorCode", str)
GoalCode = NewType("GoalCode", str)
AgreementId = NewType("AgreementId", UUID)
DeliveryId = NewType("DeliveryId", UUID)
ReportId = NewType("ReportId", UUID)
