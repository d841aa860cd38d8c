"""The property tests of every day try the same examples each time, in whichever order and process the tests run."""

from unittest.mock import patch

from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

# The function by which Hypothesis reads the numbers and texts in the source of all modules that are imported by then.
READS_SOURCES = "_get_local_constants"


def try_the_same_examples() -> None:
    """Let Hypothesis take no examples from the source code of the modules that happen to be imported.

    Which modules these are depends on the tests that ran before in the same process. To read them takes two seconds.
    """
    patch.object(providers, READS_SOURCES, Constants).start()
