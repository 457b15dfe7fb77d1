"""Figures computed from the reader's own numbers, by the page or by a kernel.

Each module that has a `draw` is one figure: `INPUTS` declares what the reader gives, `TITLE` names
the figure, and `draw` takes the values by name and returns HTML, which begins with a paragraph that
says the result in words. A ValueError is shown in its place. `PRESETS` (optional) fills fields by a
button, and `LINK = True` lets a link hold them.

The modules are written for two Pythons, as `arithmetic` is: CPython, and MicroPython, which a page
of the site can run. So they import nothing but `arithmetic`, each other, and what both have.
`interactive.own_numbers` shows them.
"""
