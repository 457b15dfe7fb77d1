"""One way to print a table as text."""

from collections.abc import Iterable, Sequence


def text_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], align: str, gap: int = 2
) -> str:
    """Return lines of text whose columns are as wide as their widest cells.

    Args:
        headings: The columns' headings, the first line.
        rows: The other lines, each with one cell per column.
        align: One character per column: "<" for left, ">" for right.
        gap: Spaces between two columns.

    Raises:
        ValueError: If a row, or `align`, has not as many columns as the headings.
    """
    lines = [headings, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = [
        [f"{cell:{side}{width}}" for cell, side, width in zip(line, align, widths, strict=True)]
        for line in lines
    ]
    return "\n".join((" " * gap).join(cells).rstrip() for cells in padded)
