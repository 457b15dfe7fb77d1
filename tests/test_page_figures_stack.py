"""lessons_src.page_figures.stack: lines are read and written, an image is followed through them."""

from lessons_src.arithmetic import ReceptiveField, Window, receptive_field
from lessons_src.page_figures.stack import Layer, follow, lines_of, parse

import pytest
from hypothesis import given
from hypothesis import strategies as st


def numbers(line):
    layer = parse(line)
    return layer.kind, *(layer[name] for name in ("filters", "kernel", "stride", "dilation"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("conv 16 kernel 3", ("conv", 16, 3, 1, 1)),
        ("  CONV 16, 3×3 Stride 2,dilation 4 ", ("conv", 16, 3, 2, 4)),
        ("conv 3x3 16", ("conv", 16, 3, 1, 1)),
        ("conv kernel 3x3 filters 16 stride 2x2", ("conv", 16, 3, 2, 1)),
        ("max pool 2", ("max pool", 1, 2, 2, 1)),
        ("average pool 3x3 stride 1", ("average pool", 1, 3, 1, 1)),
    ],
)
def test_a_line_is_read_in_any_order_and_writing(line, expected):
    assert numbers(line) == expected


def test_padding_bias_and_normalization_are_read():
    plain, full = parse("conv 16 kernel 3"), parse("conv 16 kernel 3 same no bias bn")
    assert (plain.padding, plain.bias, plain.normalized) == ("valid", True, False)
    assert (full.padding, full.bias, full.normalized) == ("same", False, True)
    assert parse("max pool 2 padding SAME").padding == "same"
    assert not parse("dense 10 no bias").bias and parse("dense 10 bn").normalized


whole = st.integers(1, 99)
layers = st.one_of(
    st.builds(
        lambda numbers, *rest: Layer("conv", numbers, *rest),
        st.fixed_dictionaries(dict.fromkeys(("filters", "kernel", "stride", "dilation"), whole)),
        st.sampled_from(["valid", "same"]), st.booleans(), st.booleans(),
    ),
    st.builds(
        Layer, st.sampled_from(["max pool", "average pool"]),
        st.fixed_dictionaries({"kernel": whole, "stride": whole}),
        st.sampled_from(["valid", "same"]),
    ),
    st.builds(
        lambda units, *rest: Layer("dense", {"units": units}, "valid", *rest),
        whole, st.booleans(), st.booleans(),
    ),
    st.sampled_from(["flatten", "global average", "global max", "branches", "add"]).map(
        lambda kind: Layer(kind, {})
    ),
)  # fmt: skip


@given(layers)
def test_a_layer_is_read_as_it_was_written(layer):
    again = parse(layer.line())
    assert (again.kind, again.padding, again.bias, again.normalized) == (
        layer.kind, layer.padding, layer.bias, layer.normalized,
    )  # fmt: skip
    assert all(again[name] == layer[name] for name in layer.numbers)


def test_what_is_the_default_is_left_out():
    assert parse("conv 16 kernel 3 stride 1 dilation 1 valid").line() == "conv 16 kernel 3"
    assert parse("max pool 2 stride 2").line() == "max pool 2"
    assert parse("max pool 2 stride 1").line() == "max pool 2 stride 1"
    assert parse("conv 16 kernel 3 stride 2 same bn").but("bias", False).line() == (
        "conv 16 kernel 3 stride 2 same no bias bn"
    )
    assert parse("max pool 2").but("kernel", 3).line() == "max pool 3"


def test_a_drawing_calls_a_layer_in_few_letters():
    lines = ("conv 16 kernel 3 stride 2 dilation 2", "max pool 2", "average pool 3 stride 1")
    assert [parse(line).short() for line in lines] == ["conv 3×3 /2 d2", "max 2×2 /2", "avg 3×3"]
    assert parse("global average").short() == "global avg"


CHAIN = """
conv 6 kernel 5
max pool 2

conv 16 kernel 3 stride 2 same no bias bn
flatten
dense 120
dense 10 no bias
"""


def test_a_chain_is_followed_line_by_line():
    rows, impossible = follow(CHAIN, side=32, channels=3)
    assert impossible == ""
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]  # empty lines do not count
    assert [row.shape for row in rows] == [
        (28, 28, 6), (14, 14, 6), (7, 7, 16), (784,), (120,), (10,),
    ]  # fmt: skip
    assert [row.padding for row in rows] == [(0, 0), (0, 0), (0, 1), None, None, None]
    assert [row.weights for row in rows] == [450, 0, 864, 0, 94_080, 1_200]
    assert [row.biases for row in rows] == [6, 0, 0, 0, 120, 0]
    assert [row.normalization for row in rows] == [0, 0, 64, 0, 0, 0]
    assert [row.params() for row in rows] == [456, 0, 928, 0, 94_200, 1_200]
    assert [row.macs for row in rows] == [352_800, 0, 42_336, 0, 94_080, 1_200]
    windows = [Window(5), Window(2, 2), Window(3, 2, "same")]
    fields = [receptive_field(windows[:end], 32) for end in (1, 2, 3)]
    assert [row.field for row in rows] == [*fields, None, None, None]


def test_branches_read_the_same_map_and_are_joined():
    branches = "conv 8 kernel 3\nbranches\nconv 4 kernel 1\nbranch\nconv 4 kernel 5 same\nbranch\n"
    rows, impossible = follow(branches + "concatenate\nglobal max", side=10, channels=1)
    assert impossible == ""
    assert [(row.number, row.lane, row.read) for row in rows[1:4]] == [
        (3, "a", (8, 8, 8)), (5, "b", (8, 8, 8)), (7, "", (8, 8, 8)),
    ]  # fmt: skip
    join = rows[3]
    assert (join.shape, join.params(), join.macs) == ((8, 8, 16), 0, 0)  # 4 + 4 + 8 channels
    assert join.field == ReceptiveField(size=7, jump=1, offset=-2)
    assert rows[4].shape == (16,) and rows[4].field is None
    rows, impossible = follow(branches.replace("4", "8") + "add", side=10, channels=1)
    assert impossible == "" and rows[-1].shape == (8, 8, 8)


@pytest.mark.parametrize(
    ("stack", "words"),
    [
        ("conv 6 kernel 50", "kernel=50 with dilation=1 spans 50 pixels, more than size=32; use a"),
        ("conv 6 kernel 3\nconv 6 kernel 0", "kernel must be a whole number of at least 1, not 0"),
        ("conv 6 kernel 2.5", "kernel must be a whole number of at least 1, not 2.5"),
        ("conv -6 kernel 2", "filters must be a whole number of at least 1, not -6"),
        ("conv 6 kernel 3 stride 0", "stride must be a whole number of at least 1, not 0"),
        ("conv 6 kernel 3 dilation 0", "dilation must be a whole number of at least 1, not 0"),
        ("conv 6 kernel 3 padding full", 'padding must be "valid" or "same", not \'full\''),
        ("max pool 0", "kernel must be a whole number of at least 1, not 0"),
        ("flatten\ndense 0", "units must be a whole number of at least 1, not 0"),
    ],
)
def test_impossible_geometry_is_refused_in_the_words_of_arithmetic(stack, words):
    rows, impossible = follow(stack, side=32, channels=3)
    lines = stack.split("\n")
    assert impossible.startswith(f'Line {len(lines)}, "{lines[-1]}": {words}')
    assert len(rows) == len(lines) - 1


@pytest.mark.parametrize(
    ("stack", "words"),
    [
        ("ball 6", 'Line 1, "ball 6": "ball" is no kind of layer; the kinds are conv, max pool'),
        ("conv 6", 'Line 1, "conv 6": no kernel; a line can say conv 16 kernel 3 stride 2'),
        ("conv kernel 3", "no filters; a line can say conv 16"),
        ("dense", "no units; a line can say dense 10"),
        ("conv 6 kernel 3 blue", '"blue" means nothing here; a line can say conv 16'),
        ("conv 6 kernel", '"kernel" means nothing here'),
        ("conv 6 kernel 3 no", '"no" means nothing here'),
        ("conv 6 kernel 3 4", '"4" means nothing here'),
        ("max pool 2 bn", '"bn" means nothing here; a line can say max pool 3 stride 2 same'),
        ("flatten 3", '"3" means nothing here; a line can say flatten'),
        ("dense 10 same", '"same" means nothing here'),
        ("conv 6 kernel 3x5", "windows are square here, not 3x5"),
        ("conv 6 kernel 1234567890", "a number has at most 9 digits here"),
        ("conv 6 kernel -", '"kernel" means nothing here'),
        ("dense 10", "it reads a vector, not a map of 32×32×3; write flatten or global average"),
        ("flatten\nmax pool 2", "it reads a map, not a vector of 3,072"),
        ("flatten\nflatten", "it reads a map, not a vector of 3,072"),
        ("add", "there are no branches here; they begin with a line branches"),
        ("branch", "there are no branches here; they begin with a line branches"),
        ("branches\nbranches", "branches within branches are more than this page can follow"),
        ("branches\nconv 6 kernel 1", "Line 1, branches: write add or concatenate after the last"),
        ("branches\nconv 3 kernel 1\nbranch\nconv 4 kernel 1\nadd",
         "the branches end as 32×32×3 and 32×32×4; their shapes must agree"),
        ("branches\nmax pool 2\nbranch\nconcatenate",
         "the branches end as 16×16×3 and 32×32×3; their sides must agree"),
        ("branches\nconv 3 kernel 1 stride 2\nbranch\nconv 3 kernel 17\nadd",
         "the fields of neighbouring units lie [1, 2] pixels apart"),
        ("x" * 5000, f'Line 1, "{"x" * 40}…": "{"x" * 40}…" is no kind of layer'),
    ],
)  # fmt: skip
def test_a_line_that_means_nothing_is_refused_by_its_words(stack, words):
    assert words in follow(stack, side=32, channels=3)[1]


def test_a_join_after_which_units_have_no_field_has_none():
    rows, impossible = follow("branches\nflatten\nbranch\nglobal max\nconcatenate", 4, 3)
    assert impossible == "" and rows[-1].shape == (51,) and rows[-1].field is None


def test_lines_are_counted_without_the_empty_ones():
    assert lines_of("\n conv 6 kernel 5 \r\n\r\nflatten\r") == ["conv 6 kernel 5", "flatten"]
    assert lines_of("flatten\n" * 300) == ["flatten"] * 300
    with pytest.raises(ValueError, match=r"^A stack has at most 300 lines, this one has 301\.$"):
        lines_of("flatten\n" * 301)
