"""Buttons that change a stack of layers, one line at a time: for telephones, and to try."""

from lessons_src.page_figures.drawing import button, element, escape
from lessons_src.page_figures.stack import LAYERS, NUMBERS, USAGE, Layer, parse

ADDED = {
    "conv": "conv 16 kernel 3 same",
    "max pool": "max pool 2",
    "average pool": "average pool 2",
}


def buttons(lines: list, line: int, identity: str) -> str:
    """Return buttons that add a line, and those that change one if there is one to change.

    Args:
        lines: The stack, which the figure has in a field `layers`.
        line: The one to change, counted from 1; it is in a field `line`.
        identity: What their own ids begin with. "done" puts the focus on the element whose id ends
            in the line's number.
    """
    editor = _Editor(lines, line, identity)
    return (editor.chosen() if 0 < line <= len(lines) else "") + editor.adding()


class _Editor:
    """The buttons for one line; see `buttons`."""

    def __init__(self, lines: list, line: int, identity: str):
        self.line = line if 0 < line <= len(lines) else len(lines)
        self.before, self.after = lines[: self.line - 1], lines[self.line :]
        self.here = lines[self.line - 1 : self.line]
        self.identity = identity

    def adding(self) -> str:
        """Return the buttons that add a line after this one."""
        where = f" after line {self.line}" if self.here else ""
        made = [
            self.button(
                kind,
                self.before + self.here + [ADDED.get(kind, USAGE.get(kind, kind))] + self.after,
                self.line + 1,
                f"Add {kind}{where}",
            )
            for kind in LAYERS
        ]
        return _group(f"Add{where}", made)

    def chosen(self) -> str:
        """Return the buttons that change this line."""
        [line] = self.here
        up = self.before[:-1] + [line] + self.before[-1:] + self.after if self.before else None
        down = self.before + self.after[:1] + [line] + self.after[1:] if self.after else None
        rest = self.before + self.after
        moves = [
            self.button("up", up, self.line - 1, "Move the line up"),
            self.button("down", down, self.line + 1, "Move the line down"),
            self.button("remove", rest, min(self.line, len(rest)), "Remove the line"),
            self.button(
                "done", self.before + [line] + self.after, 0, "Done with the line", back=True
            ),
        ]
        return "".join(self.properties() + [_group("line", moves)])

    def properties(self) -> list:
        """Return the groups of buttons for what this line says, none if it says nothing."""
        try:
            layer = parse(self.here[0])
        except ValueError:
            return []
        groups = [self.steps(layer, name) for name in NUMBERS.get(layer.kind, ())]
        if "kernel" in NUMBERS.get(layer.kind, ()):
            groups.append(self.switch(layer, "padding", {"valid": "valid", "same": "same"}))
        if layer.kind in ("conv", "dense"):
            groups.append(self.switch(layer, "bias", {"with": True, "without": False}))
        if layer.kind in ("conv", "dense"):
            groups.append(self.switch(layer, "normalized", {"with": True, "without": False}))
        return groups

    def steps(self, layer: Layer, name: str) -> str:
        """Return the buttons that change a number; none makes it less than 1."""
        value = layer[name]
        steps = {"−1": value - 1, "+1": value + 1}
        if name in ("filters", "units"):
            steps = {"÷2": value // 2, "−1": value - 1, "+1": value + 1, "×2": 2 * value}
        made = [
            self.swap(label, layer.but(name, steps[label]) if steps[label] >= 1 else None, name)
            for label in ("÷2", "−1", "+1", "×2")
            if label in steps
        ]
        return _group(f"{name} {value}", made)

    def switch(self, layer: Layer, name: str, values: dict) -> str:
        """Return the buttons that choose between two values."""
        words = {"normalized": "batch normalization"}.get(name, name)
        made = [
            self.swap(
                label, layer.but(name, values[label]), words, values[label] == getattr(layer, name)
            )
            for label in sorted(values, reverse=True)
        ]
        return _group(words, made)

    def swap(self, label: str, layer, name: str, pressed=None) -> str:
        """Return a button that puts another layer on this line."""
        lines = None if layer is None else self.before + [layer.line()] + self.after
        return self.button(label, lines, self.line, f"{name} {label}", pressed)

    def button(
        self, label: str, lines, line: int, words: str, pressed=None, back: bool = False
    ) -> str:
        """Return a button that makes these lines the stack; where there are none, a dead one."""
        return button(
            label,
            {} if lines is None else {"layers": "\n".join(lines), "line": str(line)},
            id=f"{self.identity}-{words.replace(' ', '-')}",
            aria_label=words,
            data_focus=f"{self.identity}-{self.line}" if back else None,
            aria_pressed=None if pressed is None else ("true" if pressed else "false"),
        )


def _group(label: str, made: list) -> str:
    """Return buttons after their label."""
    inside = element("span", escape(label)), element("span", *made)
    return element("div", *inside, class_="own-buttons page-only", role="group", aria_label=label)
