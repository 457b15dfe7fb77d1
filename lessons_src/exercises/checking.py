"""The rule that judges an answer, and the words in which it does.

It is written for two Pythons: CPython, for the notebooks, and MicroPython, which a page can run. So
it imports only what both have, knows exercises as plain data, and arrays by their methods.
"""

# ruff: noqa: B905 (zip is never strict: MicroPython's takes no such argument)
from copy import deepcopy

MOST = 100  # values of a list or an array that are looked at; no answer has as many
DEEPEST = 2  # lists within lists
LONGEST = 100  # characters of a value in a message


NO_ANSWER = "no answer yet. Put yours in place of the dots and run the cell again."


def verdict(key: dict, answer: object) -> str:
    """Return what to tell the reader.

    Args:
        key: What `Exercise.key` returns: the "answer", the "hint", the "mistakes" with a hint each,
            and the "cases" with which functions are compared, which stand there as their results;
            from `Guess.key` also the least and the most that are "accepted" as right.
        answer: What the reader gave.
    """
    if callable(answer) and key["cases"]:
        return _of_function(key, answer)
    given = plain(answer)
    if _has_dots(given):
        return NO_ANSWER
    if key["cases"]:
        return f"not yet. The answer is a function, yours is {_text(given)}."
    if not _is_numeric(given):
        return f"not yet. The answer is a number or a tuple of numbers, yours is {_text(given)}."
    return _compared(key, given)


def _of_function(key: dict, function) -> str:
    """Return what to tell the reader of a function: it is judged by its results alone."""
    cases = key["cases"]
    found = _results(function, cases)
    if all(value in ("None", "Ellipsis") for _, value in found):
        return NO_ANSWER
    if _differ(found, _results(function, cases[::-1])[::-1]):
        return (
            "not yet. Your function gives different results for the same arguments: start anew in "
            "each call, keep nothing from the calls before, and draw no random numbers."
        )
    return _compared(key, [value for _, value in found], _first_failure(key, found))


def _compared(key: dict, given, failure: str = "") -> str:
    """Return "right.", or the hint of the mistake that plain values show, or the failure.

    A mistake gets its hint even where its value happens to be accepted.
    """
    if _same(given, key["answer"]):
        return "right."
    for mistake, hint in key["mistakes"]:
        if _same(given, mistake):
            return f"not yet. {hint}"
    if _is_accepted(given, key.get("accepted")):
        least, most = key["accepted"]
        about = _text(round(key["answer"], 2))
        return f"right. Anything from {least} to {most} counts; the answer is {about}."
    return f"not yet. {failure}{key['hint']}"


def plain(value: object, depth: int = 0) -> object:
    """Return a value as numbers and lists or tuples of numbers, copied; as words what is neither.

    No answer contains words, so words equal none. A bool is no number here: who hands in
    `answer == 4` has made a mistake in the cell, not in the arithmetic.

    Args:
        value: Anything.
        depth: How many lists it lies in.
    """
    try:
        return _plain(value, depth)
    except Exception:
        return f"a value of type {type(value).__name__}"


def _plain(value, depth: int) -> object:
    if hasattr(value, "numpy"):  # a tensor
        value = value.numpy()
    if hasattr(value, "tolist") and value.size <= MOST:
        value = value.tolist()
    if isinstance(value, (list, tuple, range)):
        if len(value) > MOST or depth == DEEPEST:
            return f"a {type(value).__name__} of {len(value)} values"
        parts = [plain(part, depth + 1) for part in value]
        return tuple(parts) if isinstance(value, tuple) else parts
    if isinstance(value, (bool, complex, str)) or value is None or value is ...:
        return repr(value)
    if callable(value):
        return "a function"
    if not isinstance(value, (int, float)):
        value = value.__float__()  # such as a Fraction; most other types have none
    if isinstance(value, int) and abs(value) >= 10**30:
        return "a number of more than 30 digits"
    return value if value == value else "nan"  # NaN, and nothing else, differs from itself


def _results(function, cases: list) -> list:
    """Return what a function does with each case, of which it gets a copy of its own."""
    return [_result(function, case) for case in cases]


def _result(function, case) -> tuple:
    """Return "gives" and the result, or "raises" and the error, which equals no answer."""
    try:
        return "gives", plain(function(*deepcopy(case)))
    except (Exception, SystemExit) as error:
        return "raises", f"{type(error).__name__}: {error}".rstrip(": ")


def _differ(found: list, again: list) -> bool:
    """Return whether any case had another result, or an error, the second time."""
    return any(
        one != other and (one[0], other[0]) != ("raises", "raises")
        for one, other in zip(found, again)
    )


def _same(given, expected) -> bool:
    """Return whether two plain values agree: whole numbers exactly, others within a thousandth."""
    if isinstance(expected, (list, tuple)):
        return (
            isinstance(given, (list, tuple))
            and len(given) == len(expected)
            and all(_same(ours, theirs) for ours, theirs in zip(given, expected))
        )
    if not isinstance(given, (int, float)):
        return False
    if isinstance(expected, int):
        return given == expected
    return abs(given - expected) <= 1e-3 * abs(expected)


def _is_accepted(given, accepted) -> bool:
    """Return whether a plain value is a number between the least and the most, if there are any."""
    if not accepted or not isinstance(given, (int, float)):
        return False
    return accepted[0] <= given <= accepted[1]


def _is_numeric(value) -> bool:
    """Return whether a plain value holds numbers alone."""
    if isinstance(value, (list, tuple)):
        return all(_is_numeric(part) for part in value)
    return not isinstance(value, str)


def _has_dots(value) -> bool:
    """Return whether a plain value is still the dots that the page began with, or holds them."""
    if isinstance(value, (list, tuple)):
        return any(_has_dots(part) for part in value)
    return value == "Ellipsis"


def _first_failure(key: dict, found: list) -> str:
    """Say for which arguments a function goes wrong, and how."""
    for case, (verb, value), expected in zip(key["cases"], found, key["answer"]):
        if not _same(value, expected):
            arguments = ", ".join(_text(plain(argument)) for argument in case)
            return (
                f"For ({arguments}) the answer is {_text(expected)}, yours {verb} {_text(value)}. "
            )
    return ""


def _text(value) -> str:
    """Return a plain value as Python writes it, cut if it is long."""
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_text(part) for part in value)
        comma = "," * (isinstance(value, tuple) and len(value) == 1)
        text = f"[{inner}]" if isinstance(value, list) else f"({inner}{comma})"
    else:
        text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
