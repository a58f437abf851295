"""Who may carry what."""

import pytest
from domain.responsibility import Scope, covers


@pytest.mark.parametrize("scope", list(Scope))
def test_a_joint_body_carries_every_area(scope: Scope) -> None:
    assert covers(Scope.JOINT, scope)


@pytest.mark.parametrize("own", [Scope.FEDERAL, Scope.MUNICIPAL])
def test_a_body_of_one_area_carries_only_its_own(own: Scope) -> None:
    assert [scope for scope in Scope if covers(own, scope)] == [own]
