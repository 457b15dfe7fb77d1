"""Networks in a real browser: what the page computes is what Keras computes."""

import json
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

from lessons_src import records
from lessons_src.data import load_dataset
from lessons_src.models import build_model
from lessons_src.models.thin import SubsampleAndPad
from lessons_src.page_networks.graph import packed_weights, page_graph
from lessons_src.records.kept_weights import KEPT

import keras
import numpy as np
import page_networks
import pytest
from keras import layers
from local_server import served

pytestmark = pytest.mark.slow

SECONDS = 60
PICTURES = 16
NEAR = 1e-4
CLASSES = [f"class {i}" for i in range(10)]
KEPT_NETWORKS = [network for network, _ in KEPT]
# Networks without kept weights, made narrow: their kinds of layers and not their size matter.
NARROW = {
    "alexnet8": {"width": 6},
    "vgg16": {"width": 4},
    "resnet18": {"initial_filters": 4, "pixel_statistics": ([0.5, 0.4, 0.4], [0.2, 0.2, 0.3])},
    "inception10_frozen_bn": {},
}
# What the book's networks do not use of the layers that they use: settings, odd sides, signs.
ODD_LAYERS = (
    layers.Conv2D(6, (3, 3), strides=2, padding="same", activation="tanh", name="strided"),
    layers.BatchNormalization(epsilon=0.1, scale=False, name="unscaled"),
    layers.MaxPooling2D(3, strides=2, padding="same", name="max_same"),
    layers.Conv2D(5, 3, dilation_rate=2, padding="same", use_bias=False, name="dilated"),
    layers.BatchNormalization(epsilon=0.2, center=False, name="uncentred"),
    SubsampleAndPad(2, 7, name="thinned"),
    layers.AveragePooling2D(2, strides=1, padding="same", name="average_same"),
    layers.Rescaling([1.0, -2.0, 3.0, 1.0, 1.0, 0.5, 0.25], offset=1.0, name="rescaled"),
    layers.Activation("sigmoid", name="squashed"),
    layers.Softmax(name="softmax_of_channels"),
    layers.GlobalMaxPooling2D(name="highest"),
    layers.Dense(10, use_bias=False, name="scores"),
    layers.Activation("softmax", name="probabilities"),
)

# Greatest difference of each layer's outputs from those of a file, all pictures at once.
DIFFERENCES = """
const [names, count, done] = arguments;
const [{ tensorflow }, { Network }] = await Promise.all([
  import("/_static/networks/tensorflow.js"), import("/_static/networks/network.js")]);
const read = async (path) => new Float32Array(await (await fetch(path)).arrayBuffer());
const tf = await tensorflow();
const pictures = await read("/pictures.bin");
const differences = {};
for (const name of names) {
  const network = await Network.load(tf, new URL(`/_static/networks/${name}.json`, location));
  const expected = await read(`/${name}.expected.bin`);
  let first = 0;
  tf.tidy(() => {
    const outputs = network.run(tf.tensor(pictures, [count, ...network.graph.input]));
    differences[name] = [...outputs].map(([layer, output]) => {
      const values = output.dataSync();
      const wanted = expected.subarray(first, (first += values.length));
      let greatest = wanted.length === values.length ? 0 : Infinity;
      values.forEach((value, i) => {
        greatest = Math.max(greatest, Math.abs(value - wanted[i]));
        if (Number.isNaN(value)) greatest = Infinity;
      });
      return [layer, greatest === Infinity ? "not comparable" : greatest];
    });
  });
  if (first !== expected.length) differences[name].push(["length", "not comparable"]);
  network.dispose();
}
return { differences, left: tf.memory().numTensors };
"""


class Server(SimpleHTTPRequestHandler):
    """Serves files; notes their paths; answers some otherwise, by what their paths end in."""

    paths: ClassVar[list] = []
    instead: ClassVar[dict] = {}

    def log_message(self, *_):
        self.paths.append(self.path)

    def do_GET(self):
        for end, text in self.instead.items():
            if self.path.endswith(end):
                self.answer(text)
                return
        super().do_GET()

    def answer(self, text):
        if text is None:
            self.send_error(404)
            return
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def pictures():
    return load_dataset().x_test[:PICTURES]


def random_network(name):
    """Return a narrow network with random weights, running statistics included."""
    keras.utils.set_random_seed(3)
    return randomized(build_model(name, **NARROW[name]))


def odd_network():
    x = inputs = keras.Input((32, 32, 3), name="images")
    for layer in ODD_LAYERS:
        x = layer(x)
    return randomized(keras.Model(inputs, x, name="odd"))


def randomized(model):
    """Give each weight a value that float16 holds."""
    draws = np.random.default_rng(3)
    for variable in model.weights:
        if variable.name in ("gamma", "moving_variance"):
            variable.assign(draws.uniform(0.5, 1.5, variable.shape))
        elif variable.name in ("bias", "beta", "moving_mean"):
            variable.assign(draws.normal(0, 0.1, variable.shape))
        variable.assign(variable.numpy().astype(np.float16).astype(np.float32))
    return model


def kept_network(name):
    model = build_model(name)
    records.load_weights(model, dict(KEPT)[name])
    return model


@pytest.fixture(scope="module")
def models():
    random = {name: random_network(name) for name in NARROW} | {"odd": odd_network()}
    return {name: kept_network(name) for name in KEPT_NETWORKS} | random


def all_outputs(model, images, names):
    outputs = {name: model.get_layer(name).output for name in names}
    return keras.Model(model.inputs[0], outputs)(images, training=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, models, pictures):
    """What the site serves of the networks, the narrow ones too, and what Keras answers."""
    folder = tmp_path_factory.mktemp("page")
    page_networks.serve_from(folder / "_static")
    for name in models.keys() - KEPT_NETWORKS:
        target = folder / "_static" / "networks" / name
        target.with_suffix(".json").write_text(json.dumps(page_graph(models[name], CLASSES)))
        target.with_suffix(".bin").write_bytes(packed_weights(models[name]))
    images = pictures / np.float32(255)
    (folder / "pictures.bin").write_bytes(images.tobytes())
    for name, model in models.items():
        names = [layer["name"] for layer in page_graph(model, CLASSES)["layers"]]
        outputs = all_outputs(model, images, names)
        (folder / f"{name}.expected.bin").write_bytes(
            b"".join(np.ascontiguousarray(outputs[layer], "<f4").tobytes() for layer in names)
        )
    (folder / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>A page</title><link rel="icon" href="data:,">'
    )
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with served(folder, Server) as server:
        yield f"{server.address}/index.html"


@pytest.fixture
def page(browser, address):
    Server.instead.clear()
    Server.paths.clear()
    browser.set_script_timeout(SECONDS)
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.get("about:blank")
    browser.get(address)
    return browser


def run(page, code, *arguments):
    """Return what asynchronous code returns, or the name and message of what it throws."""
    return page.execute_async_script(
        f"const done = arguments[arguments.length - 1]; (async (...arguments) => {{ {code} }})"
        "(...arguments).then(done, error => done(`${error.constructor.name}: ${error.message}`));",
        *arguments,
    )


ASK = """
const [name, pictures, layer] = arguments;
const { openNetwork } = await import("/_static/networks/answers.js");
const network = await openNetwork(name);
const { probabilities, maps } = await network.answer(Uint8ClampedArray.from(pictures[0]), layer);
const many = await network.answerMany(pictures.map((picture) => Float32Array.from(picture)));
const shape = maps && maps.shape, values = maps && [...maps.values];
await network.close();
return { graph: network.graph.name, probabilities: [...probabilities], shape, values,
  many: many.map((found) => [...found]) };
"""


def test_every_layer_of_every_network_computes_what_keras_computes(page, models):
    answer = run(page, DIFFERENCES, list(models), PICTURES)
    assert not isinstance(answer, str), answer
    for name, found in answer["differences"].items():
        assert [layer for layer, _ in found] == [
            layer["name"] for layer in page_graph(models[name], CLASSES)["layers"]
        ]
        layer, greatest = max(found[1:], key=lambda pair: float(pair[1]))
        print(f"{name}: maps {greatest:.1e} ({layer}), probabilities {found[-1][1]:.1e}")
        assert greatest < NEAR, (name, layer)
    assert answer["differences"].keys() == models.keys()
    assert answer["left"] == 0, "tensors that nobody frees"


@pytest.mark.parametrize(("name", "layer"), [("lenet5", "conv2"), ("fast11", None)])
def test_the_page_asks_a_worker_for_probabilities_and_maps(page, models, pictures, name, layer):
    few = pictures[:5]
    probabilities = models[name](few / np.float32(255), training=False)
    answer = run(page, ASK, name, few.reshape(len(few), -1).tolist(), layer)
    assert answer["graph"] == name
    np.testing.assert_allclose(answer["probabilities"], probabilities[0], atol=NEAR)
    np.testing.assert_allclose(answer["many"], probabilities, atol=NEAR)
    if layer:
        maps = all_outputs(models[name], few / np.float32(255), [layer])[layer][0]
        assert tuple(answer["shape"]) == maps.shape
        np.testing.assert_allclose(np.reshape(answer["values"], maps.shape), maps, atol=NEAR)
    else:
        assert answer["shape"] is None


def test_only_what_is_asked_for_is_loaded_and_once(page, pictures):
    assert not any("_static" in path for path in Server.paths)
    for _ in range(2):
        run(page, ASK, "lenet5", [pictures[0].ravel().tolist()], None)
    loaded = [path for path in Server.paths if "tfjs" in path]
    assert {Path(path).name for path in loaded} == {
        "tf-core.min.js",
        "tf-backend-wasm.min.js",
        "tfjs-backend-wasm-simd.wasm",
    }
    assert len(loaded) == 3
    assert {Path(path).name for path in Server.paths if path.endswith((".bin", ".json"))} == {
        "lenet5.json",
        "lenet5.bin",
    }


def test_a_browser_without_wide_instructions_gets_the_plain_runtime(page, folder, models, pictures):
    source = (folder / "_static" / "networks" / "tensorflow.js").read_text()
    assert source.count("tf.env()") == 1
    plain = 'tf.env().set("WASM_HAS_SIMD_SUPPORT", false); tf.env()'
    Server.instead["tensorflow.js"] = source.replace("tf.env()", plain)
    answer = run(page, ASK, "thin_resnet14", pictures[:1].reshape(1, -1).tolist(), None)
    expected = models["thin_resnet14"](pictures[:1] / np.float32(255), training=False)
    np.testing.assert_allclose(answer["many"], expected, atol=NEAR)
    assert any(path.endswith("tfjs-backend-wasm.wasm") for path in Server.paths)


def test_several_answers_at_once_are_kept_apart(page, models, pictures):
    code = """
    const { openNetwork } = await import("/_static/networks/answers.js");
    const networks = await Promise.all(["lenet5", "baseline"].map(openNetwork));
    const answers = networks.flatMap((network) =>
      arguments[0].map((picture) => network.answer(Float32Array.from(picture))));
    return (await Promise.all(answers)).map(({ probabilities }) => [...probabilities]);"""
    few = pictures[:3]
    answers = run(page, code, few.reshape(len(few), -1).tolist())
    for name, found in (("lenet5", answers[:3]), ("baseline", answers[3:])):
        expected = models[name](few / np.float32(255), training=False)
        np.testing.assert_allclose(found, expected, atol=NEAR)


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"lenet5.bin": None}, "The network's files did not arrive."),
        ({"lenet5.json": None}, "The network's files did not arrive."),
        ({"tf-core.min.js": None}, "runtime did not arrive"),
        ({"tfjs-backend-wasm-simd.wasm": None}, "runtime did not arrive"),
        ({"network_worker.js": None}, "The network stopped unexpectedly."),
        ({"network_worker.js": "self.onmessage = () => { throw Error('a fault'); };"}, "stopped"),
    ],
)
def test_what_fails_says_so_and_the_next_try_works(page, pictures, instead, words):
    Server.instead.update(instead)
    pixels = [pictures[0].ravel().tolist()]
    answer = run(page, ASK, "lenet5", pixels, None)
    assert answer.startswith("NoAnswer: ") and words in answer
    Server.instead.clear()
    page.execute_cdp_cmd("Network.clearBrowserCache", {})
    assert run(page, ASK, "lenet5", pixels, None)["graph"] == "lenet5"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("delete self.WebAssembly;", "no WebAssembly"),
        ("WebAssembly.Memory.prototype.grow = () => { throw RangeError(); };", "too little memory"),
    ],
)
def test_a_worker_without_webassembly_or_memory_says_so(page, folder, pictures, before, words):
    networks = folder / "_static" / "networks"
    itself = (networks / "network_worker.js").read_text()
    Server.instead["network_worker.js"] = f'import "./before.js";\n{itself}'
    Server.instead["before.js"] = before
    pixels = [pictures[0].ravel().tolist()] * 32
    assert words in run(page, ASK, "fast11", pixels, None)
    Server.instead.clear()
    page.execute_cdp_cmd("Network.clearBrowserCache", {})
    assert run(page, ASK, "fast11", pixels[:1], None)["graph"] == "fast11"


def test_a_worker_that_the_browser_ends_without_a_word_is_missed(page, pictures):
    code = """
    globalThis.Worker = class extends Worker {
      constructor(...given) { super(...given); globalThis.started = this; }
    };
    const { openNetwork } = await import("/_static/networks/answers.js");
    const network = await openNetwork("lenet5");
    const asked = network.answerMany(Array(1000).fill(arguments[0]));
    started.terminate();
    await asked;"""
    pixels = pictures[0].ravel().tolist()
    assert "The network stopped unexpectedly. Try again." in run(page, code, pixels)
    assert run(page, ASK, "lenet5", [pixels], None)["graph"] == "lenet5"


def test_a_page_without_webassembly_says_so(page, pictures):
    code = f"delete globalThis.WebAssembly; {ASK}"
    assert "no WebAssembly" in run(page, code, "lenet5", [pictures[0].ravel().tolist()], None)


def test_opened_as_a_file_a_sentence_says_what_to_do(browser, folder):
    networks = folder / "_static" / "networks"
    sources = [(networks / name).read_text() for name in ("watched_worker.js", "answers.js")]
    browser.get((folder / "index.html").as_uri())
    code = """
    const type = "text/javascript";
    const address = (source) => URL.createObjectURL(new Blob([source], { type }));
    const [watched, answers] = arguments;
    const linked = answers.replace("./watched_worker.js", address(watched));
    await (await import(address(linked))).openNetwork("lenet5");"""
    assert "You opened this page as a file" in run(browser, code, *sources)


def test_a_picture_of_another_size_is_refused_and_the_next_answered(page, pictures):
    assert "cannot answer" in run(page, ASK, "lenet5", [[1, 2, 3]], None)
    assert run(page, ASK, "lenet5", [pictures[0].ravel().tolist()], None)["graph"] == "lenet5"
