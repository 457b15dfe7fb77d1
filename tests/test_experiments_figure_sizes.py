"""lessons_src.experiments.figure_sizes: figures of each size, for a small field and a large one."""

from lessons_src.analysis import layer_table
from lessons_src.data import shapes10
from lessons_src.experiments.figure_sizes import DIAMETERS, DILATIONS, EXPERIMENT, figures

import numpy as np
import pytest

pytestmark = pytest.mark.slow

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}


def test_the_fields_differ_and_parameters_and_multiply_adds_do_not():
    data = figures(6)
    tables = {
        field: layer_table(VARIANTS[f"diameter 6, field {field}"].untrained(data))
        for field in DILATIONS
    }
    for field, table in tables.items():
        assert max(row.receptive_field or 0 for row in table.rows) == field
    (small, large) = tables.values()
    assert (small.params, small.macs) == (large.params, large.macs)


@pytest.mark.parametrize("diameter", DIAMETERS)
def test_each_diameter_is_tried_with_both_fields_on_its_own_figures(diameter):
    small, large = (VARIANTS[f"diameter {diameter}, field {field}"] for field in (11, 27))
    assert large.against == small.label and large.recipe == small.recipe
    for variant in (small, large):
        data = variant.data()
        assert (data.title, data.fingerprint) == ("Shapes-10", figures(diameter).fingerprint)
    expected, labels = shapes10.generate(8_500, 0, diameter=(diameter, diameter))
    np.testing.assert_array_equal(np.concatenate([data.x_train, data.x_val, data.x_test]), expected)
    np.testing.assert_array_equal(np.concatenate([data.y_train, data.y_val, data.y_test]), labels)
    assert [len(y) for y in (data.y_train, data.y_val, data.y_test)] == [4_000, 500, 4_000]
