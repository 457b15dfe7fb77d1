"""Networks that learn in a real browser: the page's steps are Keras' steps."""

import base64
from functools import partial
from typing import ClassVar

from lessons_src.data import page_pictures, shapes10
from lessons_src.interactive import learn
from lessons_src.models import build_model

import keras
import numpy as np
import page_networks
import pytest
from keras import layers
from local_server import QuietFiles, served
from page_pictures import write_rules
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait
from site_scripts import AXE, provide
from toc import ROOT

pytestmark = pytest.mark.slow

SECONDS = 30
STEPS, BATCH = 10, 32
NEAR = 1e-5
# At ReLU's kink rounding decides whether a value has a gradient, and Adam makes a step of the whole
# rate of a gradient that is all rounding. A smooth activation and a small rate keep both apart from
# mistakes; LeNet5 needs neither.
CASES = [  # each network, activation and optimizer
    ("lenet5", "sigmoid", "SGD", 0.01, STEPS),
    ("lenet5", "relu", "momentum", 0.01, STEPS),
    ("baseline", "tanh", "Adam", 0.0001, STEPS),
    ("thin_resnet8", "tanh", "SGD", 0.01, STEPS),
]
OTHER_CASES = [
    ("lenet5", "tanh", "Adam", 0.001, STEPS),
    ("baseline", "tanh", "SGD", 0.01, STEPS),
    ("baseline", "relu", "SGD", 0.01, 1),
    ("thin_resnet8", "tanh", "Adam", 0.0001, STEPS),
    ("thin_resnet8", "relu", "SGD", 0.01, 1),
]
# The normalization takes the convolution's bias out again: its gradient is all rounding.
UNDETERMINED = {("baseline", "Adam"): ("block1_conv/bias", "block1_bn/moving_mean")}
ON_THE_GPU = [("lenet5", "tanh", "SGD", 0.1, 3)]
SMALL_BATCH = 8  # WebGL is drawn in software here
OPTIMIZERS = {
    "SGD": keras.optimizers.SGD,
    "momentum": partial(keras.optimizers.SGD, momentum=0.9),
    "Adam": keras.optimizers.Adam,
}

# Train from weights on batches, both from files; return the weights' greatest differences from
# those of a file, and how many tensors are left.
TRAIN = """
const [cases, batch, backEnd] = arguments;
const [{ tensorflow }, { Training }, { WEBGL }] = await Promise.all([
  import("/_static/networks/tensorflow.js"), import("/_static/networks/training.js"),
  import("/_static/tensorflow_address.js")]);
const tf = await tensorflow();
await import(`/_static/${WEBGL}tf-backend-webgl.min.js`);
if (!(await tf.setBackend(backEnd))) throw Error(`no ${backEnd}`);
const read = async (path) => new Float32Array(await (await fetch(path)).arrayBuffer());
const pixels = await read("/pixels.bin");
const labels = [...await read("/labels.bin")];
const each = pixels.length / labels.length;
const results = [];
for (const [number, [name, activation, optimizer, rate, steps]] of cases.entries()) {
  const { graph } = await (await fetch(`/_static/networks/learn/${name}.json`)).json();
  for (const layer of graph.layers) if (layer.kind === "Dropout") layer.rate = 0;
  const expected = await read(`/${number}.expected.bin`);
  const settings = { activation, optimizer, rate, seed: 0 };
  const training = new Training(tf, graph, await read(`/${number}.first.bin`), settings);
  for (let step = 0; step < steps; step++) {
    const [from, to] = [step * batch, (step + 1) * batch];
    training.step(pixels.subarray(from * each, to * each), labels.slice(from, to));
  }
  const weights = training.weights();
  const differences = {};
  for (const layer of graph.layers) for (const { name, offset, shape } of layer.weights) {
    const size = shape.reduce((product, side) => product * side, 1);
    let greatest = 0;
    for (let i = offset; i < offset + size; i++) {
      const difference = Math.abs(weights[i] - expected[i]);
      greatest = Number.isNaN(difference) ? 1e9 : Math.max(greatest, difference);
    }
    differences[`${layer.name}/${name}`] = greatest;
  }
  results.push(differences);
  training.dispose();
}
return { results, left: tf.memory().numTensors };
"""


# What a worker gets before its own code: WebGL, drawn in software here, has no name by which it is
# known as that, has a clock by which it is fast, and can be lost.
GPU = """
const { getExtension } = WebGL2RenderingContext.prototype;
WebGL2RenderingContext.prototype.getExtension = function (name) {
  self.gl = this;
  return name === "WEBGL_debug_renderer_info" ? null : getExtension.call(this, name);
};
const now = performance.now.bind(performance);
performance.now = () => now() / (globalThis.tf?.getBackend() === "webgl" ? 1e6 : 1);
new BroadcastChannel("lose").onmessage = () =>
  getExtension.call(self.gl, "WEBGL_lose_context").loseContext();
"""


# Choose a back end for LeNet5: by the clock, with a clock that is slow while WebGL computes, where
# WebGL computes in half precision, and where it cannot compute.
JUDGE = """
const [batch] = arguments;
const [{ learningFiles }, { BACK_ENDS, chooseBackEnd }] = await Promise.all([
  import("/_static/networks/learning_files.js"), import("/_static/networks/back_end.js")]);
const { tf } = globalThis;
const files = await learningFiles("lenet5", new URL("/_static/networks/learn/", location));
const judge = async (name) => {
  const graph = { ...files.graph, name };
  const words = BACK_ENDS[await chooseBackEnd(tf, { ...files, graph }, batch)];
  return `${tf.getBackend()}: ${words}`;
};
const { getExtension } = WebGL2RenderingContext.prototype;
WebGL2RenderingContext.prototype.getExtension = function (name) {
  return name === "WEBGL_debug_renderer_info" ? null : getExtension.call(this, name);
};
const results = [await judge("by the clock")];
const now = performance.now.bind(performance);
performance.now = () => now() / (tf.getBackend() === "webgl" ? 1e6 : 1);
results.push(await judge("by a slow clock"));
tf.env().set("WEBGL_RENDER_FLOAT32_ENABLED", false);
results.push(await judge("in half precision"));
tf.setWebGLContext = () => { throw Error("no shaders"); };
return [...results, await judge("by nothing")];
"""


class Server(QuietFiles):
    instead: ClassVar[dict] = {}  # by the end of a file's path its content, None for no file

    def do_GET(self):
        for end, content in self.instead.items():
            if self.path.endswith(end):
                self.answer(content)
                return
        super().do_GET()

    def answer(self, content):
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.end_headers()
        self.wfile.write(content)


def packed(model):
    return np.concatenate([np.ravel(weight) for weight in model.get_weights()]).astype("<f4")


def with_activation(name, activation):
    keras.utils.set_random_seed(1)
    model = build_model(name, activation=activation)
    for layer in model.layers:
        if isinstance(layer, layers.Dropout):
            layer.rate = 0
    return model


def write_cases(folder, cases, size):
    """Write what the page trains from, and what Keras' steps make of it."""
    images, labels = shapes10.generate(STEPS * BATCH, 3)
    images = images / np.float32(255)
    (folder / "pixels.bin").write_bytes(images.tobytes())
    (folder / "labels.bin").write_bytes(labels.astype("<f4").tobytes())
    for number, (name, activation, optimizer, rate, steps) in enumerate(cases):
        model = with_activation(name, activation)
        (folder / f"{number}.first.bin").write_bytes(packed(model).tobytes())
        model.compile(OPTIMIZERS[optimizer](rate), "sparse_categorical_crossentropy")
        for step in range(steps):
            batch = slice(step * size, (step + 1) * size)
            model.train_on_batch(images[batch], labels[batch])
        (folder / f"{number}.expected.bin").write_bytes(packed(model).tobytes())


@pytest.fixture(scope="module", autouse=True)
def few_pictures():
    """Fewer pictures than a page has: the figures need no more to do all that they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_pictures, "TRAINED", 200)
        patch.setattr(page_pictures, "CHECKED", 40)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What the site serves of networks that learn, and a page with the figures of 09 and 10."""
    folder = tmp_path_factory.mktemp("learn")
    static = folder / "_static"
    page_networks.serve_from(static)
    write_rules(static / "networks")
    for name in ("learn.js", "learn.css"):
        (static / name).write_bytes((ROOT / "book" / "_static" / name).read_bytes())
    figures = [learn("lenet5", page="lenet5", section="Train it").page]
    figures.append(
        learn("baseline", "thin_resnet8", page="optimizers_and_losses", section="Stop early").page
    )
    (folder / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><title>A page</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/_static/learn.css">'
        f"<main>{''.join(figures)}</main>"
        '<script type="module" src="/_static/learn.js"></script>'
    )
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with served(folder, Server) as server:
        yield f"{server.address}/index.html"


@pytest.fixture
def page(browser, address):
    browser.set_script_timeout(SECONDS)
    browser.get("about:blank")
    browser.get(address)
    return browser


def run(page, code, *arguments):
    """Return what asynchronous code returns, or the name and message of what it throws."""
    return page.execute_async_script(
        f"const done = arguments[arguments.length - 1]; (async (...arguments) => {{ {code} }})"
        "(...arguments).then(done, error => done(`${error.constructor.name}: ${error.stack}`));",
        *arguments,
    )


@pytest.mark.parametrize(
    "cases", [CASES, pytest.param(OTHER_CASES, marks=pytest.mark.weekly)], ids=["some", "others"]
)
def test_steps_in_the_page_give_keras_weights(page, folder, cases):
    assert_keras_steps(page, folder, cases, BATCH, "wasm")


def assert_keras_steps(page, folder, cases, batch, back_end):
    write_cases(folder, cases, batch)
    answer = run(page, TRAIN, cases, batch, back_end)
    assert not isinstance(answer, str), answer
    for (name, activation, optimizer, _, steps), found in zip(
        cases, answer["results"], strict=True
    ):
        for undetermined in UNDETERMINED.get((name, optimizer), ()):
            del found[undetermined]
        weight = max(found, key=found.get)
        print(f"{name}, {activation}, {optimizer}, {steps} steps: {found[weight]:.1e} ({weight})")
        assert found[weight] < NEAR, (name, activation, optimizer, weight)
    assert answer["left"] == 0, "tensors that nobody frees"


def test_steps_by_webgl_give_keras_weights(page, folder):
    assert_keras_steps(page, folder, ON_THE_GPU, SMALL_BATCH, "webgl")
    # The same page goes on: what it compiled for these steps serves the next ones.
    assert run(page, JUDGE, SMALL_BATCH) == [
        "wasm: It learns on the processor (WebAssembly): the GPU is not faster here.",
        "webgl: It learns on the GPU (WebGL), which is faster than the processor here.",
        "wasm: It learns on the processor (WebAssembly): the GPU does not compute exactly enough.",
        "wasm: It learns on the processor (WebAssembly): the GPU could not be tried.",
    ]


def control(page, selector, figure="learn-lenet5"):
    return page.find_element(By.CSS_SELECTOR, f"#{figure} {selector}")


def press(page, action, figure="learn-lenet5"):
    control(page, f"[data-do={action}]", figure).click()


def words(page, part, figure="learn-lenet5"):
    return control(page, f".learn-{part}", figure).text


def wait(page, condition):
    return WebDriverWait(page, SECONDS).until(condition)


def wait_for(page, part, text, figure="learn-lenet5"):
    wait(page, lambda _: text in words(page, part, figure))


def choose(page, figure="learn-lenet5", **settings):
    for name, value in settings.items():
        field = control(page, f"[name={name}]", figure)
        if field.tag_name == "select":
            Select(field).select_by_visible_text(value)
        elif field.get_attribute("type") == "radio":
            control(page, f"[name={name}][value={value}]", figure).click()
        else:
            field.clear()
            field.send_keys(value)


def pictures_of(page, part):
    """Return what a row of canvases shows, as text."""
    return page.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((one) => one.toDataURL())",
        f"#learn-lenet5 .learn-{part} canvas",
    )


def texts(page, selector):
    """Return the texts of elements in one go: the next measure draws them anew."""
    return page.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)",
        f"#learn-lenet5 {selector}",
    )


def curves_of(page):
    return page.execute_script(
        "return [...document.querySelectorAll('#learn-lenet5 polyline')]"
        ".map((one) => one.getAttribute('points'))"
    )


def steps_of(page):
    return int(words(page, "numbers").split(",")[0].removeprefix("Step "))


def test_a_reader_trains_pauses_changes_and_compares(page):
    assert not control(page, ".learn-result").is_displayed()
    choose(page, activation="tanh", optimizer="momentum", rate="0.03", batch="500")
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")
    kernels, worst = pictures_of(page, "filters"), pictures_of(page, "worst")
    assert (len(kernels), len(worst)) == (6, 10)
    assert "%" in texts(page, ".learn-worst li")[0]

    press(page, "go")
    wait(page, lambda _: steps_of(page) >= 4)
    press(page, "go")
    assert words(page, "status") == "Paused."
    assert words(page, "back-end").endswith("(WebAssembly): this browser offers no GPU.")
    assert pictures_of(page, "filters") != kernels and pictures_of(page, "worst") != worst
    assert [points.count(",") > 1 for points in curves_of(page)] == [True] * 4

    choose(page, activation="sigmoid")
    wait_for(page, "status", "Other settings")
    choose(page, activation="tanh")
    for seed in ("1", "2", "3"):
        choose(page, seed=seed)
        press(page, "reset")
        wait_for(page, "status", "Ready.")
        press(page, "step")
        wait_for(page, "numbers", "Step 1, ")
    runs = words(page, "runs").splitlines()
    assert [run.split("seed ")[1][0] for run in runs] == ["1", "2", "3"]
    assert "tanh, momentum, rate 0.03, batch 500" in runs[0]
    assert len(curves_of(page)) == 12
    press(page, "clear")
    assert [run.split("seed ")[1][0] for run in words(page, "runs").splitlines()] == ["3"]


def test_a_seed_fixes_the_run(page):
    choose(page, activation="relu", batch="128")
    losses = []
    for _ in range(2):
        press(page, "reset")
        wait_for(page, "status", "Ready.")
        press(page, "step")
        wait_for(page, "numbers", "Step 1, ")
        losses.append(words(page, "numbers"))
    choose(page, seed="5")
    press(page, "step")
    wait(
        page,
        lambda _: words(page, "numbers").startswith("Step 1, ") and "seed 5" in words(page, "runs"),
    )
    assert losses[0] == losses[1] != words(page, "numbers")


def test_a_run_that_diverges_says_so_and_stops(page):
    figure = "learn-baseline"
    choose(page, figure, optimizer="momentum", rate="1", batch="128")
    press(page, "go", figure)
    wait_for(page, "status", "diverges", figure)
    assert control(page, "[data-do=go]", figure).text == "Start"
    stopped = words(page, "numbers", figure)
    choose(page, figure, rate="0.01")
    press(page, "step", figure)
    wait_for(page, "numbers", "Step 1, ", figure)
    assert words(page, "numbers", figure) != stopped


@pytest.mark.parametrize("seed", ["", "-1", "one"])
def test_a_seed_that_is_none_gets_a_sentence(page, seed):
    choose(page, seed=seed)
    press(page, "go")
    wait_for(page, "status", "give a whole number")


def test_what_was_trained_goes_on_in_keras(page, tmp_path):
    """The downloaded file gives Keras the probabilities that the page has."""
    figure = "learn-baseline"
    choose(page, figure, network="thin_resnet8", activation="tanh", batch="500")
    press(page, "step", figure)
    wait_for(page, "numbers", "Step 1, ", figure)
    code = """
    const made = URL.createObjectURL;
    const blob = new Promise((resolve) => {
      URL.createObjectURL = (blob) => { resolve(blob); return made(blob); };
    });
    document.querySelector("#learn-baseline [data-do=download]").click();
    const bytes = new Uint8Array(await (await blob).arrayBuffer());
    URL.createObjectURL = made;
    return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));"""
    content = base64.b64decode(run(page, code))
    path = tmp_path / "thin_resnet8.weights.h5"
    path.write_bytes(content)
    wait_for(page, "status", 'build_model("thin_resnet8", activation="tanh")', figure)
    model = build_model("thin_resnet8", activation="tanh")
    model.load_weights(path)
    images, labels = page_pictures.pictures()
    checked = images[page_pictures.TRAINED :] / np.float32(255)
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    loss, accuracy = model.evaluate(checked, labels[page_pictures.TRAINED :], verbose=0)
    assert f"{100 * accuracy:.0f} % right, loss {loss:.3f}" in words(page, "numbers", figure)


def test_a_trained_network_is_kept_on_the_device_until_it_is_deleted(page):
    press(page, "kept")
    wait_for(page, "status", "No lenet5 is kept")
    choose(page, activation="tanh", seed="7")
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")
    trained = words(page, "numbers").split("of the 500")[1]
    press(page, "keep")
    wait_for(page, "status", "Kept on this device")
    page.refresh()
    press(page, "kept")
    wait_for(page, "status", "This lenet5 was kept")
    assert words(page, "numbers").split("of the 500")[1].split(" (")[0] in trained
    assert control(page, "[name=activation]:checked").get_attribute("value") == "tanh"
    press(page, "forget")
    wait_for(page, "status", "any more")
    press(page, "kept")
    wait_for(page, "status", "No lenet5 is kept")


def test_a_browser_that_keeps_nothing_says_so(page):
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")
    page.execute_script("indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }")
    press(page, "keep")
    wait_for(page, "status", "refuses to keep")


def test_a_picture_of_the_readers_is_answered(page, tmp_path):
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")
    path = tmp_path / "star.png"
    Image.fromarray(page_pictures.pictures()[0][0]).save(path)
    control(page, "input[type=file]").send_keys(str(path))
    wait_for(page, "answer", "did not leave this page")
    assert words(page, "answer").count("%") == 3
    path.write_text("no picture")
    control(page, "input[type=file]").send_keys(str(path))
    wait_for(page, "status", "star.png")


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("pictures.gz", "did not arrive. Check your connection"),
        ("tf-core.min.js", "runtime did not arrive"),
        ("training_worker.js", "stopped unexpectedly"),
    ],
)
def test_what_does_not_arrive_gets_a_sentence_and_the_next_try_works(
    page, monkeypatch, missing, sentence
):
    load_anew(page, monkeypatch, {missing: None})
    press(page, "step")
    wait_for(page, "status", sentence)
    monkeypatch.setattr(Server, "instead", {})
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")


def test_a_worker_that_the_browser_ends_without_a_word_is_missed(page):
    page.execute_script(
        "globalThis.Worker = class extends Worker { constructor(...given) { super(...given);"
        " globalThis.started = this; } }"
    )
    press(page, "go")
    wait_for(page, "status", "Learning")
    page.execute_script("started.terminate()")
    wait_for(page, "status", "The training stopped unexpectedly.")
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")


def load_anew(page, monkeypatch, instead):
    """Load the page with some files replaced."""
    monkeypatch.setattr(Server, "instead", instead)
    page.execute_cdp_cmd("Network.enable", {})
    page.execute_cdp_cmd("Network.clearBrowserCache", {})
    page.refresh()


@pytest.fixture
def with_gpu(page, monkeypatch, folder):
    """The page, where WebGL drawn in software counts as a GPU."""
    worker = (folder / "_static" / "networks" / "training_worker.js").read_bytes()
    before = {"training_worker.js": b'import "./before.js";\n' + worker, "before.js": GPU.encode()}
    load_anew(page, monkeypatch, before)
    yield page
    monkeypatch.undo()
    page.execute_cdp_cmd("Network.clearBrowserCache", {})


def test_a_gpu_trains_where_it_is_faster_until_it_is_lost(with_gpu):
    page = with_gpu
    choose(page, activation="tanh", optimizer="SGD", batch="1")
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")
    assert "on the GPU (WebGL)" in words(page, "back-end")

    page.execute_script("new BroadcastChannel('lose').postMessage(null)")
    press(page, "keep")
    wait_for(page, "status", "because the GPU did")
    press(page, "keep")
    wait_for(page, "status", "no longer there")
    press(page, "step")
    wait_for(page, "runs", "went on")
    wait_for(page, "numbers", "Step 1, ")
    assert words(page, "back-end").endswith("(WebAssembly): the GPU stopped.")
    before, after = (curve.split() for curve in curves_of(page)[1:4:2])
    assert before[-1].split(",")[1] == after[0].split(",")[1], "not from the last measure"


def test_zeros_of_a_lost_gpu_are_no_weights(page):
    """A kernel of zeros: the GPU was lost while it was read. A run that diverges has NaN."""
    code = """
    const [{ Run }, { parametersOf }] = await Promise.all([
      import("/_static/networks/run.js"), import("/_static/networks/training.js")]);
    const { graph } = await (await fetch("/_static/networks/learn/lenet5.json")).json();
    const parameters = parametersOf(graph);
    const isWhole = (value, zeros) => {
      const { offset: start, size: length } = parameters.at(-1);
      const weights = new Float32Array(start + length).fill(value);
      for (const { key, offset, size } of parameters) {
        if (zeros.includes(key)) weights.fill(0, offset, offset + size);
      }
      return Run.prototype.isWhole.call({ training: { graph } }, weights);
    };
    return [isWhole(1, ["conv1/bias"]), isWhole(NaN, []), isWhole(1, ["predictions/kernel"])];"""
    assert run(page, code) == [True, True, False]


def test_the_first_weights_have_keras_distributions(page):
    code = """
    const [{ generator, initialWeights }, { parametersOf }] = await Promise.all([
      import("/_static/networks/random.js"), import("/_static/networks/training.js")]);
    const { graph, initial } = await (await fetch("/_static/networks/learn/baseline.json")).json();
    const parameters = parametersOf(graph);
    const weights = initialWeights(parameters, initial, generator(arguments[0]));
    return parameters.map(({ key, offset, size }) =>
      [key, [...weights.slice(offset, offset + size)]]);"""
    keras.utils.set_random_seed(4)
    model = build_model("baseline")
    ours = dict(run(page, code, 4))
    for layer in model.layers:
        for weight in layer.weights:
            expected = np.array(weight).ravel()
            found = np.array(ours[f"{layer.name}/{weight.name}"])
            spread = 0.03 if expected.size > 1_000 else 0.2
            assert found.shape == expected.shape
            np.testing.assert_allclose(found.std(), expected.std(), rtol=spread, atol=1e-9)
            np.testing.assert_allclose(np.abs(found).max(), np.abs(expected).max(), rtol=0.05)
            chance = 6 * expected.std() / np.sqrt(expected.size)
            assert abs(found.mean() - expected.mean()) <= chance


def test_no_text_is_wider_than_a_telephone(page):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True},
    )
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")
    wide = page.execute_script("return document.documentElement.scrollWidth")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide <= 390


def test_axe_finds_nothing_while_a_network_learns(page):
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")
    folder = ROOT / "_build" / "tests" / AXE
    provide(AXE, folder)
    page.execute_script((folder / "axe.min.js").read_text(encoding="utf-8"))
    found = run(page, "return (await axe.run('#learn-lenet5')).violations")
    assert found == []
