"""Measurements on networks: layers and operations counted, fields measured, answers judged."""

from lessons_src.analysis.classification import (
    Reliability,
    accuracy,
    accuracy_by_class,
    confusion_matrix,
    most_confident_mistakes,
    predict,
    reliability,
)
from lessons_src.analysis.feature_maps import activations
from lessons_src.analysis.grad_cam import grad_cam
from lessons_src.analysis.gradients import gradient_norms
from lessons_src.analysis.layer_table import LayerRow, LayerTable, layer_table, multiply_adds
from lessons_src.analysis.occlusion import covered, occlusion_map
from lessons_src.analysis.receptive_field import measured_field, middle_gradient
from lessons_src.analysis.robustness import (
    accuracy_by_noise,
    accuracy_by_shift,
    shifted,
)
from lessons_src.analysis.several_looks import predict_in_six_looks, predict_with_flips
from lessons_src.analysis.stack_text import stack_text
from lessons_src.analysis.training_cost import mean_cost, petaflops

__all__ = [
    "LayerRow",
    "LayerTable",
    "Reliability",
    "accuracy",
    "accuracy_by_class",
    "accuracy_by_noise",
    "accuracy_by_shift",
    "activations",
    "confusion_matrix",
    "covered",
    "grad_cam",
    "gradient_norms",
    "layer_table",
    "mean_cost",
    "measured_field",
    "middle_gradient",
    "most_confident_mistakes",
    "multiply_adds",
    "occlusion_map",
    "petaflops",
    "predict",
    "predict_in_six_looks",
    "predict_with_flips",
    "reliability",
    "shifted",
    "stack_text",
]
