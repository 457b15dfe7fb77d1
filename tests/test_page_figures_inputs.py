"""lessons_src.page_figures.inputs: fields hold text, values are read from it or refused."""

from lessons_src.page_figures.inputs import choice, fields, grid, number, read, several, text, whole

import pytest

SIDE = whole("side", "Side of the image", 32, most=1024)
BIAS = number("bias", "Bias", 0, -10, 10)
GUESS = number("guess", "Your guess", None)
UNIT = whole("unit", "Unit", None, least=0)
KERNEL = grid("kernel", "Kernel", [[1, 0], [0, -1]])
PADDING = choice("padding", "Padding", ["valid", "same"])
BAD_FRACTIONS = ("1/0", "1/2/3", "/", "1/", "1e300/1e-300", "1/" * 4999)
LAYERS = text("layers", "Layers", "conv 6 kernel 5", rows=8)


@pytest.mark.parametrize(
    ("given", "typed", "value"),
    [
        (SIDE, "28", 28),
        (SIDE, " +1024\n", 1024),
        (SIDE, "007", 7),
        (BIAS, "−1", -1),
        (BIAS, "0,5", 0.5),
        (BIAS, "1e-3", 0.001),
        (BIAS, ".5", 0.5),
        (BIAS, "-1 / 4", -0.25),
        (GUESS, "", None),
        (GUESS, "3", 3),
        (UNIT, " ", None),
        (UNIT, "0", 0),
        (PADDING, "same", "same"),
        (LAYERS, "any <b>words</b>\n", "any <b>words</b>\n"),
    ],
)
def test_text_is_read_as_a_value(given, typed, value):
    assert read(given, {given["name"]: typed}) == value
    assert type(read(given, {given["name"]: typed})) is not bool


@pytest.mark.parametrize(
    "typed", ["", " ", "cat", "1.0", "3+", "٣", "0", "1025", "nan", "9" * 5000]
)
def test_what_is_no_whole_number_is_refused_in_a_sentence(typed):
    with pytest.raises(ValueError) as caught:
        read(SIDE, {"side": typed})
    cut = typed if len(typed) <= 40 else "9" * 40 + "…"
    assert str(caught.value) == (
        "Side of the image: a whole number from 1 to 1,024 is needed, not "
        f"{chr(34) + cut + chr(34) if typed.strip() else 'nothing'}."
    )


@pytest.mark.parametrize(
    "typed", ["", "nan", "inf", "-inf", "1e400", "1_0", "0x1", "1 2", "1,2,3", *BAD_FRACTIONS]
)
def test_what_is_no_finite_number_is_refused(typed):
    with pytest.raises(ValueError, match="^Bias: a number from -10 to 10 is needed, not "):
        read(BIAS, {"bias": typed})


def test_bounds_are_included():
    assert [read(BIAS, {"bias": typed}) for typed in ("-10", "10")] == [-10, 10]
    assert [read(SIDE, {"side": typed}) for typed in ("1", "1024")] == [1, 1024]


def test_a_grid_has_a_field_for_each_number():
    assert fields(KERNEL) == [
        ("kernel.0.0", "Kernel, row 0, column 0", "1"),
        ("kernel.0.1", "Kernel, row 0, column 1", "0"),
        ("kernel.1.0", "Kernel, row 1, column 0", "0"),
        ("kernel.1.1", "Kernel, row 1, column 1", "-1"),
    ]
    assert read(KERNEL, {"kernel.0.1": "0.5"}) == [[1, 0.5], [0, -1]]
    assert read(grid("row", "Row", [[1, 2, 3]]), {}) == [[1, 2, 3]]
    with pytest.raises(ValueError, match="^Kernel, row 1, column 0: a number from -1,000,000 to"):
        read(KERNEL, {"kernel.1.0": "x"})


def test_fields_hold_what_they_start_with():
    assert [fields(given)[0][2] for given in (SIDE, BIAS, GUESS, PADDING, LAYERS)] == [
        "32", "0", "", "valid", "conv 6 kernel 5",
    ]  # fmt: skip
    assert [read(given, {}) for given in (SIDE, BIAS, GUESS, PADDING)] == [32, 0, None, "valid"]
    assert fields(choice("padding", "Padding", ["valid", "same"], "same"))[0][2] == "same"


def test_a_choice_that_is_none_names_those_that_are():
    with pytest.raises(ValueError, match='^Padding: valid or same, not "full".$'):
        read(PADDING, {"padding": "full"})


@pytest.mark.parametrize("given", [SIDE, BIAS, GUESS, PADDING, LAYERS])
def test_a_million_characters_are_refused_by_their_count(given):
    label = given["label"]
    with pytest.raises(ValueError, match=f"^{label}: at most 10,000 characters, not 1,000,000.$"):
        read(given, {given["name"]: "9" * 1_000_000})


@pytest.mark.parametrize(
    ("typed", "values"),
    [("1 2", [1, 2]), ("1, 2,\n3", [1, 2, 3]), ("1,5 2", [1.5, 2]), ("1,2,3", [1, 2, 3]),
     ("−1;1/2", [-1, 0.5])],
)  # fmt: skip
def test_several_numbers_are_read_as_people_write_them(typed, values):
    assert several(typed, "Value", 3) == values


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" ", "Values: 1 to 3 numbers with spaces between them, not nothing."),
        ("1 2 3 4", 'Values: 1 to 3 numbers with spaces between them, not "1 2 3 4".'),
        ("1 2 x", 'Value 3: a number from 0 to 9 is needed, not "x".'),
        ("10", 'Value 1: a number from 0 to 9 is needed, not "10".'),
    ],
)
def test_what_are_not_several_numbers_is_refused(typed, sentence):
    with pytest.raises(ValueError) as caught:
        several(typed, "Value", 3, 0, 9)
    assert str(caught.value) == sentence
