"""Networks that learn in a real browser: the page's steps are Keras' steps."""

import base64
from functools import partial

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
OPTIMIZERS = {
    "SGD": keras.optimizers.SGD,
    "momentum": partial(keras.optimizers.SGD, momentum=0.9),
    "Adam": keras.optimizers.Adam,
}

# Train from weights on batches, both from files; return the weights, and of the pictures the
# probabilities before and after.
TRAIN = """
const [cases, batch] = arguments;
const [{ tensorflow }, { Training }] = await Promise.all([
  import("/_static/networks/tensorflow.js"), import("/_static/networks/training.js")]);
const tf = await tensorflow();
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


class Server(QuietFiles):
    missing = ""  # end of the path of a file that is not there

    def do_GET(self):
        if self.missing and self.path.endswith(self.missing):
            self.send_error(404)
        else:
            super().do_GET()


def packed(model):
    return np.concatenate([np.ravel(weight) for weight in model.get_weights()]).astype("<f4")


def with_activation(name, activation):
    keras.utils.set_random_seed(1)
    model = build_model(name, activation=activation)
    for layer in model.layers:
        if isinstance(layer, layers.Dropout):
            layer.rate = 0
    return model


def write_cases(folder, cases):
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
            batch = slice(step * BATCH, (step + 1) * BATCH)
            model.train_on_batch(images[batch], labels[batch])
        (folder / f"{number}.expected.bin").write_bytes(packed(model).tobytes())


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
    figures.append(learn("baseline", "thin_resnet8", page="six_steps", section="Fit").page)
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
    write_cases(folder, cases)
    answer = run(page, TRAIN, cases, BATCH)
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


def test_a_reader_trains_pauses_changes_and_compares(page):
    assert not control(page, ".learn-result").is_displayed()
    choose(page, activation="tanh", optimizer="momentum", rate="0.03", batch="500")
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")
    kernels, worst = pictures_of(page, "filters"), pictures_of(page, "worst")
    assert (len(kernels), len(worst)) == (6, 10)
    assert "%" in texts(page, ".learn-worst li")[0]

    press(page, "go")
    wait_for(page, "numbers", "Step 4, ")
    press(page, "go")
    assert words(page, "status") == "Paused."
    assert "WebAssembly" in words(page, "numbers")
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
    monkeypatch.setattr(Server, "missing", missing)
    page.execute_cdp_cmd("Network.enable", {})
    page.execute_cdp_cmd("Network.clearBrowserCache", {})
    page.refresh()
    press(page, "step")
    wait_for(page, "status", sentence)
    monkeypatch.setattr(Server, "missing", "")
    press(page, "step")
    wait_for(page, "numbers", "Step 1, ")


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
