"""lessons_src.exercises.chapters: predictions are asked, answered, compared, and right.

What can be computed without training is computed here once more, by Keras and by counting.
"""

import ast
import json
import re
from functools import cache
from pathlib import Path

from lessons_src.analysis import reliability
from lessons_src.arithmetic import conv_macs
from lessons_src.data.splits import split_by_class
from lessons_src.exercises import EXERCISES, PREDICTIONS, checking
from lessons_src.experiments import EXPERIMENTS
from lessons_src.experiments.summary import accuracies
from lessons_src.layers.whitening import PatchWhitening
from lessons_src.models import build_model
from lessons_src.training.optimizers import orthogonalized

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

BOOK = Path(__file__).parents[1] / "book"
CHAPTERS = sorted({question.split("/")[0] for question in PREDICTIONS})
GUESSES = {
    (question, label): guess
    for question, guesses in PREDICTIONS.items()
    for label, guess in guesses.items()
}


def told(guess, answer):
    return checking.verdict(guess.key(), answer)


@pytest.mark.parametrize(("question", "label"), GUESSES)
def test_the_answer_is_right_and_mistakes_get_their_hints(question, label):
    guess = GUESSES[question, label]
    key = guess.key()
    stored = json.loads(json.dumps(key))  # as a page has it
    assert told(guess, key["answer"]) == checking.verdict(stored, key["answer"]) == "right."
    assert guess.agrees(guess.answer)
    for mistake, hint in key["mistakes"]:
        assert told(guess, mistake) == checking.verdict(stored, mistake) == f"not yet. {hint}"
    assert guess.mistakes or guess.choices


@pytest.mark.parametrize(("question", "label"), GUESSES)
def test_a_name_can_stand_in_a_script(question, label):
    assert not set(label) & set('"\\\n') and len(label) <= 32


def predict_sections(chapter):
    """Return the numbers of the questions and those of the answers of a chapter's sections."""
    cells = json.loads((BOOK / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    sections = re.findall(r"^#+ Predict.*?</details>", "\n".join(texts), re.MULTILINE | re.DOTALL)
    halves = [section.split("<details>") for section in sections]
    return [
        [int(n) for half in halves for n in re.findall(r"^(\d)\. ", half[i], re.MULTILINE)]
        for i in (0, 1)
    ]


def compared(chapter):
    """Return the questions that a chapter's cells compare, those in variables included."""
    cells = json.loads((BOOK / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    calling = "\n".join(text for text in code if re.search(r"^ *compare_predictions", text, re.M))
    keys = [
        key.value
        for node in ast.walk(ast.parse(calling))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, int)
    ]
    return sorted(set(keys))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_question_of_a_page_is_judged_answered_and_compared(chapter):
    known = [int(name.split("/")[2]) for name in PREDICTIONS if name.startswith(f"{chapter}/")]
    assert predict_sections(chapter) == [known, known]
    assert compared(chapter) == known


# Computed once more, by Keras and by counting.

network = cache(build_model)


def side(pixels, *stack):
    return keras.Sequential(stack)(np.zeros((1, pixels, pixels, 1))).shape[1]


def dense_network(pixels):
    stack = [keras.Input((pixels,)), layers.Dense(500), layers.Dense(10)]
    return keras.Sequential(stack).count_params()


def params(name, start):
    return sum(part.count_params() for part in network(name).layers if part.name.startswith(start))


def macs(name, start=""):
    """Each weight of a kernel is used once per pixel of the output."""
    return sum(
        int(np.prod(part.kernel.shape) * np.prod(part.output.shape[1:-1]))
        for part in network(name).layers
        if part.name.startswith(start) and isinstance(part, layers.Conv2D | layers.Dense)
    )


def shape(name, layer):
    _, _, side, channels = network(name).get_layer(layer).output.shape
    return [side, channels]


def field(*chain):
    """Return the pixels along one axis from which (kernel, stride) layers lead to one unit."""
    seen = {0}
    for kernel, stride in reversed(chain):
        seen = {unit * stride + tap for unit in seen for tap in range(kernel)}
    return max(seen) - min(seen) + 1


def convolution(value, weights, bias):
    layer = layers.Conv2D(1, 3)
    layer.build((None, 3, 3, 1))
    layer.set_weights([np.reshape(weights, (3, 3, 1, 1)), np.array([bias])])
    return float(np.squeeze(layer(np.full((1, 3, 3, 1), value))))


def normalization():
    layer = layers.BatchNormalization()
    batch = np.array([[2.0], [4], [4], [4], [5], [5], [7], [9]], "float32")
    before = float(layer(batch)[-1, 0])
    in_training = float(layer(batch, training=True)[-1, 0])
    stored = [float(weight[0]) for weight in layer.get_weights()[2:]]
    mean, steps = 0.0, 0
    while abs(mean - 5) > 0.05:
        mean, steps = mean + 0.01 * (5 - mean), steps + 1
    return {1: [in_training, before], 2: stored, 3: [steps]}


def dropout(rate):
    """Return the values that come out, and the share of zeros to the nearest per cent."""
    drawn = np.array(layers.Dropout(rate, seed=1)(np.ones(100_000), training=True))
    return *np.unique(drawn), round(float(np.mean(drawn == 0)), 2)


def smoothed_target(label):
    """Return the target of a class, whose logit z is 1: the loss is ln Σ exp(z) − Σ target · z."""
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)
    return np.log(9 + np.e) - float(loss(np.eye(10)[:1], np.eye(10)[label : label + 1]))


def linear_rate(step):
    return float(np.interp(step, [0, 200, 1_000], [0, 0.4, 0]))


def steps_to_half():
    weight, steps = 1.0, 0
    while weight > 0.5:
        weight, steps = weight * (1 - 0.1 * 0.005), steps + 1
    return steps


def swapped_pairs():
    networks = ["baseline", "lenet5", "alexnet8", "vgg16", "inception10", "resnet18"]
    by_params = sorted(networks, key=lambda name: network(name).count_params())
    by_macs = sorted(networks, key=macs)
    pairs = zip(by_params, by_params[1:], by_macs, by_macs[1:], strict=False)
    return sum(one == d and other == c for one, other, c, d in pairs)


def chapter_fully_connected():
    return {1: [dense_network(784)], 2: [dense_network(56**2) / dense_network(784)]}


def of_windows(row, kernels):
    """Return the sum of each window's products with the kernel of its position."""
    return [row[i : i + 3] @ kernel for i, kernel in enumerate(kernels)]


def chapter_dense_to_convolution():
    dense, conv = layers.Dense(6, use_bias=False), layers.Conv1D(1, 3, use_bias=False)
    pictures = np.zeros((1, 32, 32, 3))
    shared = layers.Conv2D(1, 3, use_bias=False)
    positions = int(np.prod(shared(pictures).shape))
    conv(np.zeros((1, 8, 1)))
    dense(np.zeros((1, 8)))
    read = shared.count_params()
    row = np.random.default_rng(1).normal(size=12)
    apart = np.random.default_rng(2).normal(size=(10, 3))  # a kernel for each position
    together = apart[:1].repeat(10, axis=0)
    along = [
        np.allclose(of_windows(np.roll(row, 1), kernels)[1:], of_windows(row, kernels)[:-1])
        for kernels in (apart, together)
    ]
    return {
        1: [dense.count_params(), 6 * conv.count_params(), conv.count_params()],
        2: [pictures.size / read, positions],
        3: ["yes" if conv_macs(32, 3, 3, 1) < positions * read else "no"],
        4: ["the shared one alone" if along == [False, True] else "others"],
        5: [positions * read / pictures.size],
    }


def chapter_convolution():
    one, many = layers.Conv2D(1, 3, use_bias=False), layers.Conv2D(16, 3)
    channels = one(np.zeros((1, 32, 32, 3))).shape[-1]
    outputs = many(np.zeros((1, 32, 32, 3))).shape[1:]
    return {
        1: [convolution(2.0, np.ones(9), 1)],
        2: [convolution(7.0, 3 * [-1, 0, 1], 0)],
        3: [one.count_params(), channels],
        4: 2 * [many.count_params()],
        5: [np.prod(outputs) * 27],
    }


def chapter_learned_kernels():
    """Derivatives are differences: the loss is linear in the weights."""

    def outputs(image, kernel, bias=0.0):
        conv = layers.Conv2D(1, 3)
        conv.build((None, 5, 5, 1))
        conv.set_weights([np.reshape(kernel, (3, 3, 1, 1)), np.array([bias])])
        return np.array(conv(np.reshape(image, (1, 5, 5, 1))))

    flat, ones = np.ones(25), np.ones(9)
    weight, corner, middle = np.eye(9)[0], np.eye(25)[0], np.eye(25)[12]
    used = [(flat, weight), (corner, ones), (middle, ones)]
    signal, taps = np.array([3.0, 1, 4, 1, 5]), np.array([1.0, 2, 3])
    view = np.lib.stride_tricks.sliding_window_view
    turned = (view(signal, 3) @ taps[::-1]).tolist()
    rows = np.array(
        [[int(p) for p in row] for row in ["00155", "00155", "01555", "15551", "55510"]]
    )
    nine = view(rows, (3, 3)).reshape(9, 9)
    return {
        1: [np.count_nonzero(outputs(*pair)) for pair in used],
        2: [outputs(2 * flat, weight).sum(), outputs(flat, 0 * ones, bias=1.0).sum()],
        3: ["yes" if turned == np.convolve(signal, taps, "valid").tolist() else "no"],
        4: ["yes" if np.linalg.matrix_rank(nine) == 9 else "no"],
    }


def chapter_output_size():
    conv, pool = layers.Conv2D, layers.MaxPooling2D
    ends = layers.Conv2D(1, 3, 2, "same", kernel_initializer="ones")(np.ones((1, 32, 32, 1)))
    return {
        1: [side(5, conv(1, 3))],
        2: [side(5, conv(1, 3, 2))],
        3: [side(32, conv(1, 5), pool(2))],
        4: [int(3 - ends[0, 8, end, 0] / 3) for end in (0, -1)],
    }


def chapter_receptive_field():
    lenet5 = field((5, 1), (2, 2), (5, 1), (2, 2))
    pooled = [(3, 1), (2, 2), (3, 1)]
    return {
        1: [field(*2 * [(3, 1)]), field(*5 * [(3, 1)])],
        2: [field(*pooled[:depth]) for depth in (1, 2, 3)],
        3: [64 / side(64, *(layers.Conv2D(1, 3, 2, "same") for _ in range(3)))],
        4: ["yes" if lenet5 >= 32 else "no"],
    }


def chapter_small_kernels():
    three, seven = (
        keras.Sequential([keras.Input((9, 9, 1)), *(plain(kernel) for kernel in kernels)])
        for kernels in ((3, 3, 3), (7,))
    )
    # Two kernels have 18 weights, which cannot give each of the 25 another value.
    return {
        1: [9 * 6**2 + 9 * 4**2, 25 * 4**2],
        2: [100 * 2 * plain_macs(3) / plain_macs(5)],
        3: [three.count_params(), seven.count_params()],
        4: ["no" if 2 * np.prod(plain_kernel(3)) < np.prod(plain_kernel(5)) else "yes"],
    }


def chapter_effective_field():
    paths = {count: paths_of_units(count) for count in (2, 16)}
    inner = {side: paths[16][16 - side // 2 :, :][:side] for side in range(1, 34, 2)}
    shares = {s: rows[:, 16 - s // 2 :][:, :s].sum() / 9.0**16 for s, rows in inner.items()}
    deviations = {count: float(np.std(walks(count))) for count in (4, 16)}
    found = accuracies(EXPERIMENTS["figure_sizes"])
    ahead = {
        d: np.mean(found[f"diameter {d}, field 27"]) - np.mean(found[f"diameter {d}, field 11"])
        for d in (14, 26)
    }
    return {
        1: [float(paths[2][place, place]) for place in (0, 2)],
        2: [min(side for side, share in shares.items() if share >= 0.95)],
        3: [round(deviations[16] / deviations[4], 1)],
        4: [f"{max(ahead, key=ahead.get)} pixels"],
    }


def paths_of_units(count):
    """Return by how many paths 3×3 layers lead from one pixel to each unit that sees it."""
    pixel = np.zeros((1, 4 * count + 1, 4 * count + 1, 1))
    pixel[0, 2 * count, 2 * count] = 1
    one = {"use_bias": False, "kernel_initializer": "ones", "dtype": "float64"}
    stack = keras.Sequential([layers.Conv2D(1, 3, **one) for _ in range(count)])
    return np.array(stack(pixel))[0, :, :, 0]


def walks(steps):
    return np.random.default_rng(0).integers(-1, 2, (200_000, steps)).sum(axis=1)


def plain(kernel):
    return layers.Conv2D(1, kernel, use_bias=False)


def plain_kernel(kernel):
    layer = plain(kernel)
    layer.build((None, 9, 9, 1))
    return layer.kernel.shape


def plain_macs(kernel):
    outputs = layers.Conv2D(1, kernel, padding="same")(np.zeros((1, 8, 8, 1))).shape
    return np.prod(outputs) * np.prod(plain_kernel(kernel))


def chapter_batch_normalization():
    layer = layers.BatchNormalization()
    layer.build((None, 64))
    trained = sum(int(np.prod(weight.shape)) for weight in layer.trainable_weights)
    return normalization() | {4: [layer.count_params(), trained]}


def chapter_pooling():
    window, hair = np.array([[1.0, 3], [2, -2]])[None, ..., None], np.ones((1, 8, 8, 1))
    hair[:, :, 3] = 0
    found = {1: [], 4: [], 5: []}
    for pool in (layers.MaxPooling2D(2), layers.AveragePooling2D(2)):
        found[1].append(float(np.squeeze(pool(window))))
        found[4].append(float(100 * np.ptp(pool(hair))))
        moved = [float(np.squeeze(pool(window + 0.5 * one))) for one in in_each_cell(window)]
        found[5].append(tuple(8 * (after - found[1][-1]) / 0.5 for after in moved))
    maps = layers.MaxPooling2D(2)(np.zeros((1, 32, 32, 6)))
    found[2] = [*maps.shape[2:], side(32, layers.MaxPooling2D(3, 2))]
    return found | {3: [layers.MaxPooling2D(2).count_params()]}


def in_each_cell(window):
    return np.eye(4).reshape(4, *window.shape)


def chapter_dropout():
    zero, scaled, _ = dropout(0.5)
    _, other, share = dropout(0.2)
    _, factor, most = dropout(0.8)
    layer = layers.Dropout(0.5)
    return {
        1: [zero, scaled, float(layer(np.ones(1))[0])],
        2: [1_000 * share, other, (1 - share) * other],
        3: [layer.count_params()],
        4: [round(100 * (1 - most)), factor],
    }


def chapter_cifar10():
    rng = np.random.default_rng(1)
    images = np.zeros((50, 32, 32, 3))
    sizes = [1_000 * images.astype(kind).nbytes / 1e6 for kind in ("uint8", "float32")]
    answers = {n: 100 * rng.binomial(n, 0.94, 400_000) / n for n in (10_000, 400)}
    other = 100 * rng.binomial(10_000, 0.94, 400_000) / 10_000
    chosen = rng.binomial(5_000, 0.94, (10, 20_000)).max(axis=0) / 5_000
    return {
        1: sizes,
        2: [drawn.std() for drawn in answers.values()],
        3: [(answers[10_000] - other).std()],
        4: ["too high" if chosen.mean() > 0.944 else "right", "right"],
    }


def chapter_your_own_pictures():
    counts = [120, 25, 4]
    images = np.zeros((sum(counts), 1, 1, 3), np.uint8)
    data = split_by_class(images, np.repeat(np.arange(3), counts), ("a", "b", "c"))
    batches = [set(range(first, min(first + 32, 400))) for first in range(0, 400, 32)]
    mixed = [batch for batch in batches if len({picture // 100 for picture in batch}) > 1]
    pieces = re.findall(r"\S+", "cat 1.png 3")
    return {1: [len(pieces)], 2: [tuple(np.bincount(data.y_train))], 3: [len(mixed)]}


def chapter_six_steps():
    model = network("baseline")
    fixed = sum(int(np.prod(weight.shape)) for weight in model.non_trainable_weights)
    adam = keras.optimizers.Adam()
    adam.build(model.trainable_variables)
    kept = sum(int(np.prod(variable.shape)) for variable in adam.variables)
    count = model.count_params()
    return {1: [count, fixed], 2: [len(range(0, 2_000, 32))], 3: [count + kept]}


def chapter_optimizers_and_losses():
    even = keras.losses.SparseCategoricalCrossentropy()(np.array([3]), np.full((1, 10), 0.1))
    rates = np.linspace(0, 1, 1_001)
    return {1: [float(even)], 3: [rates[np.abs(1 - 10 * rates) <= 1 + 1e-9].max()]}


def chapter_save_and_resume():
    words = re.findall(r"\d+\.?", str(np.ones((1_536, 128))))
    return {3: [len(words)]}


def chapter_lenet5():
    convolutions = [params("lenet5", "conv") / network("lenet5").count_params()]
    convolutions += [macs("lenet5", "conv") / macs("lenet5")]
    gate, product = keras.activations.sigmoid, 1.0
    for part in network("lenet5").layers:
        if getattr(part, "activation", None) is gate:
            product *= float(gate(np.float32(0.02)) - gate(np.float32(-0.02))) / 0.04
    return {
        1: shape("lenet5", "conv2"),
        2: [params("lenet5", "conv2")],
        3: [macs("lenet5", "conv2")],
        4: [100 * share for share in convolutions],
        5: [product],
    }


def chapter_alexnet8():
    weighted = [
        part
        for part in network("alexnet8").layers
        if isinstance(part, layers.Conv2D | layers.Dense)
    ]
    names = [*(f"conv {n}" for n in range(1, 6)), *(f"dense {n}" for n in range(1, 4))]
    costs = [part.count_params() for part in weighted], [macs("alexnet8", p.name) for p in weighted]
    conv, _ = shape("alexnet8", "block2_conv")
    return {
        1: [conv, *shape("alexnet8", "block2_pool")],
        2: [params("alexnet8", "block2_conv"), params("alexnet8", "block2_bn")],
        3: [macs("alexnet8", "block2_conv")],
        4: [names[np.argmax(cost)] for cost in costs],
    }


def chapter_vgg16():
    convs = [f"group{place}_conv" for place in ("3_1", "3_2", "2_2")]
    dense = sum(
        part.count_params() for part in network("vgg16").layers if isinstance(part, layers.Dense)
    )
    return {
        1: shape("vgg16", convs[0]),
        2: [params("vgg16", convs[0])],
        3: [macs("vgg16", convs[0])],
        4: [count("vgg16", conv) for conv in convs[1:] for count in (params, macs)],
        5: [100 * dense / network("vgg16").count_params()],
    }


def chapter_inception10():
    unit = "block1_unit1"
    _, branch = shape("inception10", f"{unit}_5x5_conv")
    joined, channels = shape("inception10", f"{unit}_concat")
    return {
        1: [joined, branch, channels],
        2: [params("inception10", f"{unit}_5x5")],
        3: [field((3, 1), (1, 2), (5, 1))],
    }


def chapter_resnet18():
    shares = [count("resnet18", "stage4") / count("resnet18", "") for count in (params, macs)]
    return {
        1: shape("resnet18", "stage2_unit1_add"),
        2: [params("resnet18", "stage2_unit1")],
        3: [macs("resnet18", "stage2_unit1")],
        4: [100 * share for share in shares],
    }


def chapter_comparison():
    right = np.random.default_rng(1).binomial(10_000, 0.7, 400_000) / 10_000
    return {1: [swapped_pairs()], 3: [100 * right.std()]}


def chapter_recipes():
    conv = [layers.Conv2D(8, 3, padding="same")(np.zeros((1, n, n, 3))) for n in (24, 32)]
    small, large = (int(np.prod(maps.shape)) for maps in conv)
    return {
        1: [linear_rate(100), linear_rate(600)],
        2: [smoothed_target(0), smoothed_target(1)],
        3: [100 * (small + large) / (2 * large)],
        4: [steps_to_half()],
    }


def chapter_fast_network():
    whiten = PatchWhitening(24, 2)
    whiten.adapt(np.random.default_rng(0).uniform(size=(9, 8, 8, 3)))
    kernels, biases = whiten.get_weights()
    short = orthogonalized(tf.constant([[1.0]]), steps=1)
    pair = orthogonalized(tf.constant([[0.01, 0.0], [0.0, 0.9999**0.5]]), steps=1)
    return {
        1: [kernels.shape[-1], kernels.size + biases.size],
        2: [sum(6 * 0.12 * 45_000 for _ in range(5)) / 1e6],
        3: [float(short[0, 0]), float(pair[0, 0])],
    }


def chapter_what_it_learned():
    probabilities = np.full((10, 1), 0.8)
    found = reliability(np.insert(probabilities, 1, 0.2, axis=1), np.arange(10) // 6)
    softmax = keras.layers.Softmax()(2 * np.log([[0.8, 0.2]]))
    return {
        1: [100 * found.error],
        2: [float(softmax[0, 0])],
        3: [np.prod(network("fast11").get_layer("block3_3_act").output.shape[1:3])],
    }


# What training alone decides, or a reader's eye, is compared in the pages.
IN_THE_PAGES = {
    "fully_connected/predict/3",
    "fully_connected/predict/4",
    "your_own_pictures/predict/4",
    "optimizers_and_losses/predict/2",
    "save_and_resume/predict/1",
    "save_and_resume/predict/2",
}
IN_THE_PAGES |= {"resnet18/predict/5", "comparison/predict/2"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_answers_are_computed_once_more(chapter):
    computed = globals()[f"chapter_{chapter}"]()
    names = {f"{chapter}/predict/{question}" for question in computed}
    assert names == {name for name in PREDICTIONS if name.startswith(f"{chapter}/")} - IN_THE_PAGES
    for question, values in computed.items():
        for value, (label, guess) in zip(
            values, PREDICTIONS[f"{chapter}/predict/{question}"].items(), strict=True
        ):
            if guess.choices:
                assert value == guess.answer, label
            else:
                rough = 1e-2 if guess.accepted else 1e-3
                np.testing.assert_allclose(value, guess.answer, rough, 1e-5, err_msg=label)


def test_the_multiply_adds_of_inception10s_units_are_those_of_its_layers():
    sides_and_channels = (32, 16, 16, 2), (16, 64, 16, 1), (16, 64, 32, 2), (8, 128, 32, 1)
    units = [f"block{block}_unit{unit}" for block in (1, 2) for unit in (1, 2)]
    unit_macs = EXERCISES["inception10/2"].answer
    assert [unit_macs(*case) for case in sides_and_channels] == [
        macs("inception10", unit) for unit in units
    ]
