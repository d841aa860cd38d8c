"""What the reading commands answer for a day, to compare what they said on the day with what they say of it later."""

import re

from tests.command import run_command

# What can be asked as of a day. Each line can end with the instant up to which it is known.
AS_OF = """\
show {code} --as-of {day} --format json
show {code} --as-of {day}
show {code} --as-of {day} --course
items --as-of {day} --format csv
items --as-of {day} --format json
items --search harbour --as-of {day}
items --lead harbour-office --as-of {day}
overview --as-of {day} --by organisation
overview --as-of {day} --format json
outlook --as-of {day}
trace {code} --as-of {day}
trace old:duty-1 --as-of {day} --format json
clauses --as-of {day} --format json
matrix --as-of {day}
matrix --as-of {day} --by organisation
theme list --as-of {day}
plans --as-of {day} --format json
findings --as-of {day} --format csv
timeline --as-of {day} --format csv
calendar --as-of {day}
export register --as-of {day} --format json
links list --as-of {day} --format csv
organisation list --as-of {day} --format json
people list --as-of {day} --format json
find a --as-of {day} --format json
my-week --as-of {day} --format json
chase --as-of {day} --format json
""".splitlines()

# What is about a week: it is as of the last day of the week, and known at an instant.
OF_WEEK = """\
weekly --week {week} --section items -o -
weekly --week {week} --section totals -o -
weekly --week {week} --section movements -o -
weekly --week {week} --section plan_changes -o -
weekly --week {week} --section indicators -o -
weekly --week {week} --section traceability -o -
weekly --week {week} --section all --format json
""".splitlines()

# A calendar tells programs when its entries were written, and how often. A file says what was known when it was made.
_OF_THE_MOMENT = re.compile(
    r"^(DTSTAMP|LAST-MODIFIED|SEQUENCE):.*|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+\d\d:\d\d)?"
)


def answer(address: str, line: str) -> str:
    """What a command says, without what is of the moment at which it is asked."""
    result = run_command("--db", address, *line.split())
    said = "\n".join(_OF_THE_MOMENT.sub("", one) for one in result.out.splitlines())
    return said or f"{result.exit_code}: {result.err}"
