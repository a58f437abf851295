"""The closing screen: where everything is, and what to try."""

from pathlib import Path
from shlex import quote

from demonstration.load import Shown

from stack.place import SERVICES, Place
from stack.tokens import token

HOLDERS = (
    ("supervisor", "MAIS-NRW"),
    ("controller", "36402"),
    ("unit_lead", "36402"),
    ("uploader", "05158004"),
    ("office", "36402"),
    ("reader", "36402"),
    ("auditor", ""),
    ("operator", ""),
)


def keep_tokens(place: Place) -> Path:
    """Write a fresh token for each role, readable by their owner alone; give the folder."""
    folder = place.home / "tokens"
    folder.mkdir(parents=True, exist_ok=True)
    for role, unit in HOLDERS:
        path = folder / role
        path.touch(mode=0o600)
        path.write_text(token(place, role, (unit,) if unit else ()), encoding="utf-8")
    return folder


def closing(place: Place, shown: Shown) -> str:
    """Write the screen."""
    tokens = keep_tokens(place)

    def attempt(role: str, service: str, path: str) -> str:
        bearer = f"Authorization: Bearer $(cat {quote(str(tokens / role))})"
        return f"  curl -s -H \"{bearer}\" '{place.address(service)}/v1/{path}'"

    lines = [
        "",
        "Zielwerk is running.",
        *(
            f"  {service:<11} {place.address(service)}   (documentation: {place.address(service)}/docs)"
            for service in SERVICES
        ),
        "",
        f"Tokens, good for twelve hours, one file a role in {tokens}:",
        *(f"  {role:<11} for {unit}" if unit else f"  {role}" for role, unit in HOLDERS),
        "  others: make token role=supervisor unit=05158",
        "",
        "Try:",
        attempt("supervisor", "reporting", "attainment?light=red"),
        attempt("controller", "indicators", "delivery-status?status=missing"),
        attempt("reader", "agreements", "agreements?year=2014"),
        "",
        "In negotiation for 2015, an offer below its corridor and a point that waits for its decision:",
        attempt("unit_lead", "agreements", f"planning-rounds/{shown.round}/offers"),
        attempt("unit_lead", "agreements", f"agreements/{shown.agreement}/findings"),
        attempt("unit_lead", "agreements", f"agreements/{shown.agreement}/escalations"),
        "",
        "The signed agreement of 2014 proves itself without this system:",
        f"  .venv/bin/python docs/verify_evidence.py {quote(str(shown.evidence))}",
        "",
        "The quarterly report (targets are real, monthly figures are generated):",
        f"  {shown.report}",
        f"  {shown.report.with_suffix('.html')}",
        "",
    ]
    return "\n".join(lines)
