"""What a reader gives to a figure: declared as plain data, read from text, refused in a sentence.

An input has one field, a grid one for each number. All fields hold text, under names: in a page, in
a link and in a kernel's widgets.
"""

MOST = 1_000_000  # what a number may be, either side of zero, where its input says nothing else
LONGEST = 10_000  # characters of one field
SHOWN = 40  # characters of what the reader typed that a message repeats
DIGITS = "0123456789"


def whole(name: str, label: str, start, least: int = 1, most: int = MOST) -> dict:
    """Declare a whole number; where its start is None, an empty field is None, too.

    Args:
        name: The argument of `draw`.
        label: What the reader sees before the field.
        start: The value that the figure shows first.
        least: The least value that is taken.
        most: The greatest.
    """
    return _numeric("whole", name, label, start, least, most)


def number(name: str, label: str, start, least: float = -MOST, most: float = MOST) -> dict:
    """Declare a number, or a fraction such as 1/9; where its start is None, an empty field is, too.

    Args:
        name: The argument of `draw`.
        label: What the reader sees before the field.
        start: The value that the figure shows first.
        least: The least value that is taken.
        most: The greatest.
    """
    return _numeric("number", name, label, start, least, most)


def grid(name: str, label: str, start: list, least: float = -MOST, most: float = MOST) -> dict:
    """Declare rows of numbers; a row alone is a grid of one row.

    Args:
        name: The argument of `draw`, which takes a list of lists.
        label: What the reader sees above the fields.
        start: The rows that the figure shows first.
        least: The least value that is taken.
        most: The greatest.
    """
    return _numeric("grid", name, label, start, least, most)


def choice(name: str, label: str, options: list, start: str = "") -> dict:
    """Declare a choice among names.

    Args:
        name: The argument of `draw`.
        label: What the reader sees before the options.
        options: The names.
        start: The one that the figure shows first; where it is empty, the first.
    """
    start = start or options[0]
    return {"kind": "choice", "name": name, "label": label, "start": start, "options": options}


def text(name: str, label: str, start: str, rows: int = 1) -> dict:
    """Declare a text, which `draw` reads itself.

    Args:
        name: The argument of `draw`.
        label: What the reader sees before the field.
        start: The text that the figure shows first.
        rows: Lines that the field shows.
    """
    return {"kind": "text", "name": name, "label": label, "start": start, "rows": rows}


def fields(given: dict) -> list:
    """Return (name, label, text at the start) of each field of an input, a grid's row by row.

    Rows and columns are counted from 0, as in the chapters' formulas.
    """
    name, label, start = given["name"], given["label"], given["start"]
    if given["kind"] != "grid":
        return [(name, label, "" if start is None else str(start))]
    return [
        (f"{name}.{i}.{j}", f"{label}, row {i}, column {j}", str(value))
        for i, row in enumerate(start)
        for j, value in enumerate(row)
    ]


def read(given: dict, texts: dict) -> object:
    """Return the value of an input.

    Args:
        given: The input.
        texts: What the fields hold, by name; one that is missing holds what it held at the start.

    Raises:
        ValueError: For a text that gives no such value; the message names the field.
    """
    if given["kind"] != "grid":
        [(name, label, start)] = fields(given)
        return _value(given, label, texts.get(name, start))
    values = [_value(given, label, texts.get(name, start)) for name, label, start in fields(given)]
    width = len(given["start"][0])
    return [values[i : i + width] for i in range(0, len(values), width)]


def several(typed: str, label: str, count: int, least: float = -MOST, most: float = MOST) -> list:
    """Return the numbers of a text, with spaces, semicolons or commas between them.

    A single comma within a number, such as 2,5, is a decimal point.

    Args:
        typed: The text.
        label: What one of the numbers is called.
        count: How many there may be; at least one is needed.
        least: The least number that is taken.
        most: The greatest.

    Raises:
        ValueError: For none, too many, or what is no such number; the message says which.
    """
    words = []
    for word in typed.replace(";", " ").split():
        commas = word.endswith(",") or len(word.split(",")) > 2
        words += [part for part in word.split(",") if part] if commas else [word]
    if not 1 <= len(words) <= count:
        raise ValueError(
            f"{label}s: 1 to {count} numbers with spaces between them, not {shown(typed)}."
        )
    return [
        read(number("value", f"{label} {i}", 0, least, most), {"value": word})
        for i, word in enumerate(words, 1)
    ]


def _numeric(kind: str, name: str, label: str, start, least, most) -> dict:
    return {
        "kind": kind, "name": name, "label": label, "start": start, "least": least, "most": most,
    }  # fmt: skip


def _value(given: dict, label: str, typed: str) -> object:
    """Return the value of one field."""
    if len(typed) > LONGEST:
        raise ValueError(f"{label}: at most {LONGEST:,} characters, not {len(typed):,}.")
    kind = given["kind"]
    if kind == "text":
        return typed
    if kind == "choice":
        if typed not in given["options"]:
            raise ValueError(f"{label}: {' or '.join(given['options'])}, not {shown(typed)}.")
        return typed
    if given["start"] is None and not typed.strip():
        return None
    found = _whole(typed) if kind == "whole" else _number(typed)
    least, most = given["least"], given["most"]
    if found is None or not least <= found <= most:
        words = "a whole number" if kind == "whole" else "a number"
        raise ValueError(
            f"{label}: {words} from {least:,} to {most:,} is needed, not {shown(typed)}."
        )
    return found


def shown(typed: str) -> str:
    """Return what the reader typed as a message repeats it: in quotes, cut if it is long."""
    if not typed.strip():
        return "nothing"
    return f'"{typed if len(typed) <= SHOWN else typed[:SHOWN] + "…"}"'


def _whole(typed: str):
    """Return the whole number that a text is, or None."""
    typed = typed.strip().replace("−", "-")
    digits = typed[1:] if typed[:1] in ("-", "+") else typed
    if not digits or len(digits) > SHOWN or any(digit not in DIGITS for digit in digits):
        return None
    return int(typed)


def _number(typed: str):
    """Return the number or the fraction that a text is, or None."""
    parts = [_decimal(part) for part in typed.split("/")]
    if None in parts or len(parts) > 2 or parts[1:] == [0]:
        return None
    return parts[0] / parts[1] if parts[1:] else parts[0]


def _decimal(typed: str):
    """Return the number that a text is, or None; a comma may stand for the point."""
    typed = typed.strip().replace("−", "-").replace(",", ".")
    if any(sign not in "+-.eE" + DIGITS for sign in typed):  # "nan", "inf", "1_000"
        return None
    try:
        return float(typed)
    except ValueError:
        return None
