"""Reading a formula: an LALR grammar, so that what is not in it does not parse."""

from decimal import Decimal

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args

from domain.errors import Text
from domain.formula.errors import FilteredTwice, FormulaTooLarge, FormulaUnreadable, TooFarBack
from domain.formula.printing import PREVIOUS
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Sign, Window, Windowed
from domain.identity import VariableCode
from domain.variable import Cell

LONGEST = 2_000
DEEPEST = 50
FARTHEST = 60
SHIFTS = {name: months for months, name in PREVIOUS.items()}

_GRAMMAR = r"""
?sum: product | sum _PLUS product -> add | sum _MINUS product -> subtract
?product: atom | product _TIMES atom -> multiply | product _OVER atom -> divide
?atom: NUMBER -> number
    | NAME [filters] -> leaf
    | FUNCTION "(" sum ")" -> call
    | _BEFORE "(" MONTHS "," sum ")" -> before
    | "(" sum ")"
filters: "[" filter ("," filter)* "]"
filter: NAME "=" VALUE
_BEFORE.2: /months_before(?=\s*\()/
MONTHS: /[0-9]{1,3}/
FUNCTION.2: /(sum12|avg12|sum_ytd|avg_ytd|previous_month|previous_year)(?=\s*\()/
NAME: /[a-z][a-z0-9_]*/
VALUE: /"[A-Za-z0-9._-]{1,40}"/
NUMBER: /[0-9]{1,18}(\.[0-9]{1,10})?/
_PLUS: "+"
_MINUS: "-" | "−"
_TIMES: "*" | "×"
_OVER: "/" | "÷"
%ignore /[ \t\r\n]+/
"""


@v_args(inline=True)
class _Builder(Transformer[Token, Formula]):
    def number(self, text: Token) -> Formula:
        return Number(Decimal(text))

    def filter(self, name: Token, value: Token) -> tuple[str, str]:
        return str(name), str(value)[1:-1]

    def filters(self, *filters: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        names = [name for name, _ in filters]
        for name in names:
            if names.count(name) > 1:
                raise FilteredTwice(dimension=name)
        return tuple(sorted(filters))

    def leaf(self, name: Token, filters: tuple[tuple[str, str], ...] | None = None) -> Formula:
        return Leaf(Cell(VariableCode(str(name)), filters or ()))

    def call(self, name: Token, inner: Formula) -> Formula:
        months = SHIFTS.get(str(name))
        return Shifted(months, inner) if months else Windowed(Window(str(name)), inner)

    def before(self, months: Token, inner: Formula) -> Formula:
        if not 1 <= int(months) <= FARTHEST:
            raise TooFarBack(months=int(months), limit=FARTHEST)
        return Shifted(int(months), inner)

    def add(self, left: Formula, right: Formula) -> Formula:
        return Operation(Sign.ADD, left, right)

    def subtract(self, left: Formula, right: Formula) -> Formula:
        return Operation(Sign.SUBTRACT, left, right)

    def multiply(self, left: Formula, right: Formula) -> Formula:
        return Operation(Sign.MULTIPLY, left, right)

    def divide(self, left: Formula, right: Formula) -> Formula:
        return Operation(Sign.DIVIDE, left, right)


END = Text("the end", "das Ende")
_PARSER = Lark(_GRAMMAR, parser="lalr", start="sum", transformer=_Builder(), maybe_placeholders=True)


def parse(text: str) -> Formula:
    """Read a formula; FormulaUnreadable says at which column it stops making sense."""
    if len(text) > LONGEST:
        raise FormulaTooLarge(limit=LONGEST, what=Text("characters", "Zeichen"))
    try:
        formula: Formula = _PARSER.parse(text)  # type: ignore[assignment]  # the transformer runs inside the parser
    except UnexpectedInput as error:
        ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        at = len(text) if ended else error.pos_in_stream or 0
        raise FormulaUnreadable(found=text[at : at + 12] or END, column=at + 1) from error
    if depth(formula) > DEEPEST:
        raise FormulaTooLarge(limit=DEEPEST, what=Text("levels", "Ebenen"))
    return formula


def depth(formula: Formula) -> int:
    """Count the levels of a tree, without recursion: a long sum is deep."""
    deepest, waiting = 0, [(formula, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        if isinstance(node, Operation):
            waiting += [(node.left, level + 1), (node.right, level + 1)]
        elif isinstance(node, Shifted | Windowed):
            waiting.append((node.inner, level + 1))
    return deepest
