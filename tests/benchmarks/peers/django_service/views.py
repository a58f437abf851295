"""Taking a file: rows are checked and written batch by batch in one transaction."""

import csv
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import islice

from django.db import transaction
from rest_framework.parsers import FileUploadParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from django_service.models import Observation, Unit, Variable
from django_service.serializers import ObservationSerializer

BATCH = 5_000
KEY = ["unit", "variable", "month", "age_group"]
Row = dict[str, str]


class Deliveries(APIView):
    """`POST /deliveries` with a CSV file; a file with a bad row is refused whole."""

    parser_classes = (FileUploadParser,)

    def post(self, request: Request) -> Response:
        registers = {
            "units": dict(Unit.objects.values_list("code", "pk")),
            "variables": dict(Variable.objects.values_list("code", "pk")),
        }
        rows = csv.DictReader(TextIOWrapper(request.data["file"].file, encoding="utf-8", newline=""))
        with transaction.atomic():
            accepted = sum(kept(batch, registers) for batch in batches(rows))
        return Response({"accepted": accepted}, status=201)


def kept(batch: list[Row], registers: dict[str, dict[str, int]]) -> int:
    """Check a batch and write it; a value that is there already is replaced."""
    serializer = ObservationSerializer(data=batch, many=True, context=registers)
    serializer.is_valid(raise_exception=True)
    observations = [Observation(**row) for row in serializer.validated_data]
    Observation.objects.bulk_create(
        observations, batch_size=BATCH, update_conflicts=True, unique_fields=KEY, update_fields=["value"]
    )
    return len(observations)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Cut rows into batches."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
