"""lessons_src.arithmetic in the page's Python: the same values, refused in the same words."""

import json

from lessons_src import arithmetic

import page_python
import pytest

pytestmark = pytest.mark.slow

CALLS = """
Window(3)
Window(3, padding="SAME", dilation=2, stride=4)
Window(3) == Window(3, 1, "Valid")
Window(3) == Window(3, 2)
Window(3) == 3
len({Window(3), Window(3, padding="VALID"), Window(5)})
hash(ReceptiveField(3)) == hash(ReceptiveField(3, 1, 0))
ReceptiveField(4, 2, -1) == ReceptiveField(4, 2, -1)
ReceptiveField() == Window(1)
setattr(Window(3), "kernel", 5)
setattr(ReceptiveField(), "anything", 5)
delattr(Window(3), "kernel")
Window()
Window(3, steps=2)
Window(0)
Window(3, 0)
Window(3, dilation=-1)
Window(2.5)
Window("3")
Window(None)
Window(True)
Window([3])
Window(3, padding="full")
Window(3, padding=None)
Window(10**40)
conv_output_size(32, 5)
conv_output_size(33, 3, 2, "same", 2)
conv_output_size(4, 5)
conv_output_size(5, 3, dilation=3)
conv_output_size(5.0, 3)
same_padding(8, 3, 2)
same_padding(7, 2)
dense_params(784, 500)
dense_params(3, 4, bias=False)
dense_params(0, 4)
conv_params(5, 3, 6)
conv_params(5, 3, 0)
conv_macs(224, 11, 3, 96, 4, "same")
conv_macs(2, 3, 1, 1)
receptive_field([])
receptive_field([Window(5), Window(2, 2), Window(5), Window(2, 2)])
receptive_field([Window(3, 2, "same"), Window(3, padding="same")], 7)
receptive_field(iter([Window(3, 2, "same")]))
receptive_field([Window(5), Window(5)], size=8)
union([ReceptiveField(3, 2), ReceptiveField(3, 2, -1)])
union([ReceptiveField(3, 2), ReceptiveField(5, 1)])
""".strip().splitlines()
RUN = """
def outcome(call):
    try:
        return repr(eval(call, vars))
    except Exception as error:
        return type(error).__name__ + ": " + str(error)
"""


def test_the_pages_python_computes_and_refuses_as_cpython_does():
    names = {"vars": vars(arithmetic)}
    exec(RUN, names)
    expected = [names["outcome"](call) for call in CALLS]
    code = f"import json\nfrom lessons_src import arithmetic\nvars = arithmetic.__dict__\n{RUN}\n"
    found = json.loads(page_python.run(f"{code}result = json.dumps(list(map(outcome, {CALLS!r})))"))
    for call, one, other in zip(CALLS, found, expected, strict=True):
        if other.startswith("TypeError"):  # Python's own words about arguments differ
            assert one.startswith("TypeError"), call
        else:
            assert one == other, call
