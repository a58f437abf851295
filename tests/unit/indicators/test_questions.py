"""Official figures as questions: what they look at, and what else may have given a figure."""

from dataclasses import replace
from datetime import date

from domain.formula.grammar import parse
from domain.identity import IndicatorCode
from domain.indicator import Definition
from domain.period import Month, View
from domain.variable import Cell
from indicators.usecases.reconciliations.questions import Questions
from support.measuring import CATALOGUE, NOVEMBER, a_definition

K2 = IndicatorCode("K2")
FIRST = a_definition("integrations ÷ elb_stock")
SECOND = replace(FIRST, version=2, valid_from=date(2014, 12, 1))
VERSIONS: list[Definition] = [FIRST, SECOND]
WOMEN = (("sex", "f"),)


def questions(*versions: Definition) -> Questions:
    return Questions({K2: versions}, CATALOGUE)


def test_the_same_is_asked_once_and_other_versions_and_views_may_have_given_its_figure() -> None:
    asked = questions(*VERSIONS)
    question = asked.question(K2, View.MONTH, NOVEMBER, None, ())
    assert question is not None
    assert asked.question(K2, View.MONTH, NOVEMBER.previous, None, ()) is question
    others = [(other.definition.name, other.view) for other in asked.others(question)]
    assert others == [("K2/2", View.MONTH), *(("K2/1", view) for view in View if view is not View.MONTH)]


def test_what_may_explain_a_figure_reaches_back_as_far_as_the_views_look() -> None:
    asked = questions(FIRST)
    question = asked.question(K2, View.MONTH, NOVEMBER, None, ())
    assert question is not None
    around = asked.around(question, NOVEMBER)
    assert (around.first, around.last) == (Month(2013, 11), NOVEMBER)
    assert around.cells == {Cell.of("integrations"), Cell.of("elb_stock")}


def test_a_figure_of_women_looks_at_women_alone_and_is_none_where_they_are_not_told() -> None:
    contacts = replace(FIRST, version=3, formula=parse("contacts ÷ elb_stock"))
    asked = questions(FIRST, contacts)
    question = asked.question(K2, View.MONTH, NOVEMBER, "1", WOMEN)
    assert question is not None
    women = {(Cell.of(name, sex="f"), NOVEMBER) for name in ("integrations", "elb_stock")}
    assert question.looked_at(NOVEMBER) == women
    assert asked.question(K2, View.MONTH, NOVEMBER, "3", WOMEN) is None
    assert {other.definition.name for other in asked.others(question)} == {"K2/1"}
