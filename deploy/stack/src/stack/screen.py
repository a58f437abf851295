"""The closing screen: where everything is, and what to try."""

from pathlib import Path

from stack.place import SERVICES, Place
from stack.tokens import token

ROLES = (
    ("supervisor", "05158"),
    ("controller", "36402"),
    ("unit_lead", "36402"),
    ("uploader", "05158004"),
    ("reader", "36402"),
    ("auditor", ""),
    ("operator", ""),
)


def closing(place: Place, report: Path) -> str:
    """Write the screen."""
    tokens = place.home / "tokens"
    tokens.mkdir(exist_ok=True)
    for role, unit in ROLES:
        path = tokens / role
        path.touch(mode=0o600)
        path.write_text(token(place, role, (unit,) if unit else ()))
    bearer = f'-H "Authorization: Bearer $(cat {tokens}/{{}})"'
    lines = [
        "",
        "Zielwerk is running.",
        *(
            f"  {service:<11} {place.address(service)}   (documentation: {place.address(service)}/docs)"
            for service in SERVICES
        ),
        "",
        f"Tokens, good for twelve hours, one file a role in {tokens}:",
        *(f"  {role:<11} for {unit}" if unit else f"  {role}" for role, unit in ROLES),
        "  others: make token role=supervisor unit=MAIS-NRW",
        "",
        "Try:",
        f"  curl -s {bearer.format('supervisor')} '{place.address('reporting')}/v1/attainment?light=red'",
        f"  curl -s {bearer.format('controller')} '{place.address('indicators')}/v1/delivery-status?status=missing'",
        f"  curl -s {bearer.format('reader')} '{place.address('agreements')}/v1/agreements?year=2014'",
        "",
        "The quarterly report (targets are real, monthly figures are generated):",
        f"  {report}",
        f"  {report.with_suffix('.html')}",
        "",
    ]
    return "\n".join(lines)
