"""What is counted, and who counts as one stranger."""

import pytest
from chassis.limiting.allowance import rate_of
from chassis.limiting.asking import counted, stranger
from chassis.settings import ServiceSettings
from pydantic import ValidationError

HERE = {"environment": "development", "port": 8000, "database_url": None}


@pytest.mark.parametrize("path", ["/v1/attainment", "/v1/nothing/here", "/v1/deliveries/1/events", "/v1/keys/1"])
def test_the_interface_is_counted(path: str) -> None:
    assert counted(path)


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/v1/keys"])
def test_health_documentation_and_public_keys_are_not_counted(path: str) -> None:
    assert not counted(path)


@pytest.mark.parametrize(
    ("client", "name"),
    [
        (("203.0.113.7", 50_000), "203.0.113.7"),
        (("203.0.113.7", 50_001), "203.0.113.7"),
        (("::ffff:203.0.113.7", 50_000), "203.0.113.7"),
        (("2001:db8:1:2:3:4:5:6", 50_000), "2001:db8:1:2::/64"),
        (("2001:db8:1:2::1", 50_000), "2001:db8:1:2::/64"),
        (("2001:db8:1:3::1", 50_000), "2001:db8:1:3::/64"),
        (("fe80::1%eth0", 50_000), "fe80::/64"),
        (("somebody" * 1000, 0), "no address"),
        (("", 0), "no address"),
        (None, "no address"),
    ],
)
def test_a_stranger_is_an_address_or_the_network_of_one_customer(client: tuple[str, int] | None, name: str) -> None:
    assert stranger({"type": "http", "client": client}) == name


@pytest.mark.parametrize(
    ("written", "requests", "seconds"),
    [("600/minute", 600, 60), ("1 per second", 1, 1), ("100/5 minutes", 100, 300), ("9/hour", 9, 3600)],
)
def test_a_rate_is_written_in_plain_words(written: str, requests: int, seconds: int) -> None:
    assert (rate_of(written).amount, rate_of(written).get_expiry()) == (requests, seconds)


@pytest.mark.parametrize("written", ["", "many", "0/minute", "600", "600/fortnight", "1/second;60/minute", "-1/minute"])
@pytest.mark.parametrize("setting", ["rate_limit", "public_rate_limit"])
def test_settings_refuse_what_is_not_one_rate(setting: str, written: str) -> None:
    with pytest.raises(ValidationError):
        ServiceSettings.model_validate({**HERE, setting: written})


def test_strangers_are_allowed_less_than_callers() -> None:
    usual = ServiceSettings.model_validate(HERE)
    callers, strangers = rate_of(usual.rate_limit), rate_of(usual.public_rate_limit)
    assert strangers.amount * callers.get_expiry() < callers.amount * strangers.get_expiry()
