"""lessons_src.analysis.several_looks: answers averaged over several looks at a picture."""

from lessons_src import analysis

import keras
import numpy as np
from keras import layers

IMAGES = np.random.default_rng(0).uniform(size=(6, 5, 4, 2)).astype("float32")


def linear_network():
    keras.utils.set_random_seed(0)
    images = keras.Input((5, 4, 2))
    scores = layers.Dense(3, name="scores")(layers.Flatten()(images))
    return keras.Model(images, layers.Softmax()(scores))


def scores_of(model, images):
    kernel, bias = model.get_layer("scores").get_weights()
    return images.reshape(len(images), -1) @ kernel + bias


def softmax(scores):
    raised = np.exp(scores)
    return raised / raised.sum(axis=1, keepdims=True)


def test_flips_average_an_image_and_its_mirror():
    model = linear_network()
    looks = [softmax(scores_of(model, x)) for x in (IMAGES, IMAGES[:, :, ::-1])]
    found = analysis.predict_with_flips(model, IMAGES)
    np.testing.assert_allclose(found, np.mean(looks, axis=0), rtol=1e-5)


def test_six_looks_average_the_scores_and_the_unmoved_picture_counts_half():
    model = linear_network()
    padded = np.pad(IMAGES, [(0, 0), (1, 1), (1, 1), (0, 0)], mode="reflect")
    up, down = padded[:, 2:, 2:], padded[:, :-2, :-2]
    expected = 0
    for weight, moved in ((0.5, IMAGES), (0.25, up), (0.25, down)):
        for look in (moved, moved[:, :, ::-1]):
            expected = expected + weight * scores_of(model, look) / 2
    found = analysis.predict_in_six_looks(model, IMAGES)
    np.testing.assert_allclose(found, softmax(expected), rtol=1e-4)


def test_a_probability_of_zero_stays_comparable():
    images = keras.Input((5, 4, 2))
    sure = layers.Rescaling(0.0, [0.0, 1.0])(layers.GlobalAveragePooling2D()(images))
    found = analysis.predict_in_six_looks(keras.Model(images, sure), IMAGES)
    np.testing.assert_allclose(found, [[0, 1]] * 6, atol=1e-6)
