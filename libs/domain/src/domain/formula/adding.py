"""Formulas whose value over a sum of units is the sum of their values over each of them."""

from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Sign, Windowed, leaves

SUMS = (Sign.ADD, Sign.SUBTRACT)


def adds_up(formula: Formula) -> bool:
    """
    Say whether a formula adds up over units: variables, their sums and multiples, over months or not.

    A number by itself does not, nor do products and quotients of variables.
    """
    match formula:
        case Number():
            return False
        case Leaf():
            return True
        case Shifted(_, inner) | Windowed(_, inner):
            return adds_up(inner)
        case Operation(sign, left, right) if sign in SUMS:
            return adds_up(left) and adds_up(right)
        case Operation(Sign.DIVIDE, left, right):
            return adds_up(left) and _constant(right)
        case Operation(_, left, right):
            return (adds_up(left) and _constant(right)) or (_constant(left) and adds_up(right))


def _constant(formula: Formula) -> bool:
    return next(leaves(formula), None) is None
