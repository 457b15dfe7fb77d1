"""Judge what a reader types into a page of the site, by the rule and in the words of `check`.

The page runs this file in MicroPython, with `checking.py` and the exercises' keys beside it. There
is no kernel and no NumPy; the words that are added here are about that Python alone.
"""

from lessons_src.exercises.checking import verdict

LONGEST = 10_000  # characters of an answer

NOTHING_TYPED = "no answer yet. Type yours, then press Check."
NO_EXPRESSION = (
    "Python does not understand this. Write a number, a calculation such as 3 * (5 - 3), "
    "or a tuple such as (1, 2)."
)
NO_NUMPY = (
    " The Python of this page has no NumPy: use Python's own numbers and lists and the module "
    "math, or answer in the notebook."
)
SEVERAL_NUMBERS = (
    "not yet. Python reads {} as several numbers: write a point before decimals, and nothing "
    "between thousands."
)


def judge(key: dict, source: str, function: str = "") -> str:
    """Return what to tell the reader.

    Args:
        key: As `verdict` takes it.
        source: What the reader typed: an expression, or the definition of a function.
        function: The name of the function; empty where an expression is asked for.
    """
    if len(source) > LONGEST:
        return f"not yet. An answer has at most {LONGEST:,} characters, yours has {len(source):,}."
    source = source.strip()
    if not source:
        return NOTHING_TYPED
    if _is_number_with_commas(source) and isinstance(key["answer"], (int, float)):
        return SEVERAL_NUMBERS.format(source)
    words = _judge(key, source, function)
    lacks = any(name in source for name in ("np.", "numpy"))
    return words + NO_NUMPY if lacks and not words.startswith("right.") else words


def _judge(key: dict, source: str, function: str) -> str:
    names: dict = {}
    exec("import math\nfrom math import *", names)
    try:
        if function:
            exec(source, names)
            if function not in names:
                return f"not yet. The function `{function}` is missing: keep its first line."
            answer = names[function]
        else:
            answer = eval(source, names)
    except SyntaxError as error:
        return f"not yet. {_line(error) if function else NO_EXPRESSION}"
    except (Exception, SystemExit) as error:
        return f"not yet. {_line(error)}"
    return verdict(key, answer)


def _is_number_with_commas(source: str) -> bool:
    """Return whether a reader may have typed one number as people write it, such as 397,510."""
    return "," in source and source.replace(",", "").isdigit()


def _line(error: BaseException) -> str:
    """Return the last line of an error's traceback."""
    return f"Python says {type(error).__name__}: {error}."
