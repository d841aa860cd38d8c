"""Tables in which most rows have no title, because another column has the titles."""

from planner.intake.proposed import Field, ProposedRegister, Severity
from tests.intake.layout.written import proposed, values

# In Finnish, of which no name of a column is known.
HEADINGS = "Otsikko|Aihepiiri|Vastuutaho|Välivaiheet|Määräaika"
ROWS = (
    "Rever as tarifas|Transporte|Secretaria das Finanças||30/06/2020",
    "Formar médicos|Saúde|Secretaria da Saúde||30/06/2020",
    "Abrir dados|Economia|Gabinete Digital||30/06/2020",
)
STEPS = "Construir o porto|Transporte|Secretaria das Obras|{steps}|30/06/2020"


def errors(register: ProposedRegister) -> list[str]:
    return [str(one) for one in register.problems if one.severity is Severity.ERROR]


def test_one_error_names_the_columns_if_most_of_the_longest_texts_are_missing():
    rows = (STEPS.format(steps="Projecto pronto, depois o concurso e a obra adjudicada"), *ROWS)
    register = proposed("\n".join((HEADINGS, *rows)))
    (told,) = errors(register)
    assert all(heading in told for heading in HEADINGS.split("|"))
    assert register.items == []


def test_lists_of_steps_are_no_titles():
    steps = [f"1. Projecto pronto e aprovado {number}; 2. Concurso publicado" for number in range(4)]
    rows = [STEPS.format(steps=one) for one in steps]
    assert values(proposed("\n".join((HEADINGS, *rows))), Field.TITLE) == []


def test_most_rows_without_a_title_are_one_error_that_names_the_columns():
    rows = "\n".join(("Task|Department|Due|Resumo", "Dredge the channel|Port|2020-06-30|x"))
    more = "\n|Port|2020-06-30|{}"
    many = proposed(rows + "".join(more.format(f"Resumo {number}") for number in range(4)))
    (told,) = errors(many)
    assert all(text in told for text in ("4 of 5", "'Task'", "Resumo", "Department"))
    assert len(errors(proposed(rows + more.format("Resumo")))) == 1
    few = proposed(rows + "\nPaint the mole|Port|2020-06-30|y" + more.format("one") + more.format("two"))
    assert len(errors(few)) == 2
