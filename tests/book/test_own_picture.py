"""A network looks at the reader's picture, in a real browser: one page that holds the figure."""

import base64
import io
import json
import re
import shutil
import struct
import zlib

from lessons_src import models, records
from lessons_src.analysis import activations
from lessons_src.analysis.layer_calls import layer_calls
from lessons_src.analysis.layer_table import receptive_fields
from lessons_src.analysis.robustness import shifted
from lessons_src.data import load_dataset
from lessons_src.interactive import own_picture
from lessons_src.pictures import decode, fit
from lessons_src.records.kept_weights import CLASS_NAMES

import numpy as np
import page_networks
import page_pictures
import pytest
from local_server import served
from PIL import Image
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select
from selenium.webdriver.support.wait import WebDriverWait
from site_scripts import AXE, provide
from toc import ROOT

pytestmark = pytest.mark.slow

SECONDS = 20
SIDE = 32
STATIC = ROOT / "book" / "_static"
PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><link rel="stylesheet" href="_static/own_picture.css">
<main>{}</main>
<script src="_static/opened_as_file.js"></script>
<script type="module" src="_static/own_picture.js"></script></html>"""
SEEN = """
const [part] = arguments;
const canvas = document.querySelector(`[data-part=${part}]`);
return [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data];
"""
PHONE = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
TOO_WIDE = """
const { right } = document.querySelector("form.own-picture").getBoundingClientRect();
return [...document.querySelectorAll("form.own-picture *")].filter(
  (part) => part.getBoundingClientRect().right > right).map((part) => part.outerHTML.slice(0, 99));
"""
BARRIERS = """
const [done] = arguments;
axe.run(document.querySelector("form.own-picture")).then(({ violations }) =>
  done(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`)));
"""
RESULT = "return document.querySelector('.own-result').textContent"
GIVE = """
const [text, kind, done] = arguments;
const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const clipboardData = new DataTransfer();
clipboardData.items.add(new File([bytes], "given.png", { type: "image/png" }));
const options = { bubbles: true, cancelable: true };
const event = kind === "paste"
  ? new ClipboardEvent(kind, { ...options, clipboardData })
  : new DragEvent(kind, { ...options, dataTransfer: clipboardData });
document.querySelector("form.own-picture").dispatchEvent(event);
"""


def encoded(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photograph(width=300, height=200):
    """Return a picture without hard edges, which a JPEG file keeps nearly as it is."""
    rows, columns = np.mgrid[:height, :width]
    waves = [np.sin(rows / 31 + i) * np.cos(columns / 43 - i) for i in range(3)]
    return Image.fromarray((127.5 * (1 + np.stack(waves, axis=-1))).astype(np.uint8))


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(photograph(), "JPEG", quality=95, exif=exif.tobytes())


def see_through():
    image = photograph().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return encoded(image, "PNG")


def sixteen_bits():
    values = np.asarray(photograph().convert("L")).astype(np.uint16) * 257
    return encoded(Image.fromarray(values), "PNG")


def header_alone(width, height):
    """Return a PNG that says how large it is, and has next to no pixels."""
    data = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", data), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d))
        for kind, d in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


SHADES = [Image.new("RGB", (40, 40), (shade, 90, 9)) for shade in (200, 100, 0)]
FILES = {
    "photograph.jpg": encoded(photograph(), "JPEG", quality=95),
    "wide.png": encoded(photograph(400, 33), "PNG"),
    "large.png": encoded(photograph(2500, 1700), "PNG"),
    "one pixel.png": encoded(Image.new("RGB", (1, 1), (200, 90, 9)), "PNG"),
    "as it is.png": encoded(photograph(32, 32), "PNG"),
    "held upright.jpg": turned(),
    "transparent.png": see_through(),
    "grey.png": encoded(photograph().convert("L"), "PNG"),
    "16 bits.png": sixteen_bits(),
    "palette.png": encoded(photograph().quantize(64), "PNG"),
    "animated.gif": encoded(SHADES[0], "GIF", save_all=True, append_images=SHADES[1:]),
    "lossless.webp": encoded(photograph(), "WEBP", lossless=True),
    "bitmap.bmp": encoded(photograph(), "BMP"),
}
REFUSED = {
    "words.png": (b"no picture", "not a readable image; replace the file"),
    "nothing.png": (b"", "not a readable image; replace the file"),
    "IMG_1.heic": (b"\0\0\0\x18ftypheic" + bytes(99), "a HEIC photo; convert it to JPEG or PNG"),
    "paper.pdf": (b"%PDF-1.7 " + bytes(99), "a PDF document; convert it to JPEG or PNG"),
    "film.mp4": (b"\0\0\0\x18ftypisom" + bytes(99), "a video; save a frame of it as a picture"),
    "cut.jpg": (FILES["photograph.jpg"][:3000], "not a readable image; replace the file"),
    "cut.png": (FILES["wide.png"][:3000], "not a readable image; replace the file"),
    "huge.png": (
        header_alone(12_000, 9_000),
        "12000×9000 pixels; shrink it to 50,000,000 pixels or fewer",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A page with the figure, and the files that the site's build would put beside it."""
    folder = tmp_path_factory.mktemp("page")
    page_networks.serve_from(folder / "_static")
    page_pictures.write_rules(folder / "_static" / "networks")
    for name in ("own_picture.js", "own_picture.css", "opened_as_file.js"):
        shutil.copy(STATIC / name, folder / "_static")
    html = own_picture("lenet5", load_dataset())._repr_mimebundle_()["text/html"]
    (folder / "index.html").write_text(PAGE.format(html))
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with served(folder) as server:
        yield f"{server.address}/index.html"


@pytest.fixture(scope="module")
def loaded(browser, address):
    browser.get(address)
    find = "return document.querySelector('form.own-picture[data-live]') !== null"
    WebDriverWait(browser, SECONDS).until(lambda _: browser.execute_script(find))
    return browser


@pytest.fixture
def page(loaded):
    """The page with the first sample, unchanged; the runtime loads once for all tests."""
    give_sample(loaded, CLASS_NAMES[0])
    return loaded


@pytest.fixture(scope="module")
def model():
    model = models.build_model("lenet5")
    records.load_weights(model, "note")
    return model


@pytest.fixture(scope="module")
def sample():
    dataset = load_dataset()
    return dataset.x_test[np.flatnonzero(dataset.y_test == 0)[0]]


def part(page, name):
    return page.find_element(By.CSS_SELECTOR, f"[data-part={name}]")


def status(page):
    return page.find_element(By.CSS_SELECTOR, ".own-status").text


def until(page, condition, words=""):
    WebDriverWait(page, SECONDS, poll_frequency=0.05).until(lambda _: condition(), words)


def give_sample(page, name):
    button = page.find_element(By.CSS_SELECTOR, f"[data-sample]:has([alt={name}])")
    button.click()
    until(page, lambda: f"Done to the sample, {name}:" in page.execute_script(RESULT))
    answered(page)


def answered(page):
    """Wait until the answer to the newest picture is on the page."""
    result = page.find_element(By.CSS_SELECTOR, ".own-result")
    until(page, lambda: result.get_attribute("aria-busy") == "false")


def give_file(page, path):
    page.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(path))


def seen(page, name="picture"):
    """Return (side, side, 3) pixels of a canvas."""
    values = np.array(page.execute_script(SEEN, name), int)
    side = int(np.sqrt(len(values) / 4))
    return values.reshape(side, side, 4)[..., :3]


def probabilities(page):
    bars = page.find_elements(By.CSS_SELECTOR, ".own-bars i")
    return [float(bar.value_of_css_property("width")[:-2]) for bar in bars] / np.float64(
        page.find_element(By.CSS_SELECTOR, ".own-bar").rect["width"]
    )


def asked(model, pixels):
    return model.predict(np.asarray(pixels)[np.newaxis] / np.float32(255), verbose=0)[0]


def press(page, words):
    page.find_element(By.XPATH, f"//button[.='{words}']").click()


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_seen_as_predict_sees_it(page, model, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    expected = fit(decode(FILES[name], name), (SIDE, SIDE))
    give_file(page, path)
    done = "; ".join(expected.done) or "nothing"
    until(page, lambda: part(page, "steps").text == f"Done to {name}: {done}.", done)
    answered(page)
    assert np.abs(seen(page) - expected.pixels).max() <= 1
    np.testing.assert_allclose(probabilities(page), asked(model, expected.pixels), atol=0.02)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_gets_a_sentence_and_the_page_goes_on(page, tmp_path, name):
    content, sentence = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    give_file(page, tmp_path / name)
    until(page, lambda: status(page) == f"{name}: {sentence}.", status(page))
    give_sample(page, "frog")


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_picture_may_be_dropped_or_pasted(page, kind):
    file = FILES["photograph.jpg"]
    page.execute_script(GIVE, base64.b64encode(file).decode(), kind)
    until(page, lambda: part(page, "steps").text.startswith("Done to given.png: cropped 300×200"))


def test_the_answer_is_there_as_text(page, model, sample):
    first, second, third = (CLASS_NAMES[i] for i in np.argsort(-asked(model, sample))[:3])
    words = re.compile(rf"LeNet5 says: {first} \d+ %, {second} [\d.]+ %, {third} [\d.]+ %\.")
    until(page, lambda: words.fullmatch(status(page)))
    assert np.abs(seen(page) - sample).max() == 0


def test_changes_are_those_that_their_names_say(page, sample):
    grey = np.repeat(sample.astype(float).mean(axis=2, keepdims=True), 3, axis=2)
    for words, expected in {
        "Mirror": sample[:, ::-1],
        "Upside down": sample[::-1],
        "Quarter turn": np.rot90(sample, -1),
        "Swap red and blue": sample[..., ::-1],
        "Grey": grey,
        "→": shifted(sample[np.newaxis], 0, 1)[0],
        "↑": shifted(sample[np.newaxis], -1, 0)[0],
    }.items():
        press(page, words)
        until(page, lambda: "Changed:" in part(page, "edits").text)
        assert np.abs(seen(page) - expected).max() <= 0.5, words
        press(page, "Undo all")
        until(page, lambda: part(page, "edits").text == "")
        assert np.abs(seen(page) - sample).max() == 0


def test_a_changed_picture_is_asked_about(page, model, sample):
    press(page, "Upside down")
    press(page, "→")
    until(page, lambda: part(page, "edits").text == "Changed: upside down, shifted 1 to the right.")
    answered(page)
    expected = shifted(sample[np.newaxis, ::-1], 0, 1)[0]
    np.testing.assert_allclose(probabilities(page), asked(model, expected), atol=0.005)


def test_the_keyboard_does_all(page):
    frame = part(page, "frame")
    frame.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_LEFT)
    words = "Changed: shifted 2 down, shifted 1 to the left."
    until(page, lambda: part(page, "edits").text == words)
    part(page, "square").send_keys(Keys.SPACE)
    until(page, lambda: "grey square" in frame.get_attribute("aria-label"))
    frame.send_keys(Keys.ARROW_UP)
    until(page, lambda: part(page, "row").get_attribute("value") == "11")
    assert (seen(page)[11:19, 12:20] == 128).all()
    part(page, "square").send_keys(Keys.SPACE)
    channel = part(page, "channel")
    channel.send_keys(Keys.CONTROL, "a")
    channel.send_keys("5", Keys.TAB)
    part(page, "mapFrame").send_keys(Keys.ARROW_RIGHT, Keys.ARROW_UP)
    assert "channel 5" in part(page, "mapWords").text
    assert "row 13, column 15 " in part(page, "unitWords").text
    channel.send_keys(Keys.CONTROL, "a")
    channel.send_keys("0", Keys.TAB)


def test_the_square_follows_the_pointer(page):
    part(page, "square").click()
    frame = part(page, "frame")
    page.execute_script("arguments[0].scrollIntoView()", frame)
    drag = ActionChains(page).move_to_element(frame).click_and_hold().move_by_offset(-60, 40)
    drag.release().perform()
    scale = SIDE / frame.rect["width"]
    row, column = (round(12 + way * scale) for way in (40, -60))
    found = [int(part(page, name).get_attribute("value")) for name in ("row", "column")]
    assert np.abs(np.subtract(found, (row, column))).max() <= 1
    part(page, "square").click()


@pytest.mark.parametrize("layer", ["conv1", "pool1", "conv2", "pool2"])
def test_the_field_drawn_is_the_packages(page, model, layer):
    Select(part(page, "layer")).select_by_value(layer)
    until(page, lambda: part(page, "mapWords").text.startswith(layer))
    part(page, "mapFrame").send_keys(Keys.ARROW_UP, Keys.ARROW_LEFT)
    words = part(page, "unitWords").text
    row, column = map(int, re.search(r"row (\d+), column (\d+) ", words).groups())
    field, _ = receptive_fields(layer_calls(model))[layer]
    box = part(page, "fieldOver").find_element(By.TAG_NAME, "rect")
    found = [int(box.get_attribute(name)) for name in ("x", "y", "width", "height")]
    top, left = (field.offset + field.jump * at for at in (row, column))
    assert found == [left, top, field.size, field.size]
    assert f"{field.size}×{field.size} pixels" in words


def test_the_unit_has_its_value(page, model, sample):
    Select(part(page, "layer")).select_by_value("conv2")
    until(page, lambda: part(page, "mapWords").text.startswith("conv2"))
    page.execute_script("arguments[0].scrollIntoView()", part(page, "all"))
    all_maps = part(page, "all")
    second = (90 - all_maps.size["width"] // 2, 10 - all_maps.size["height"] // 2)
    ActionChains(page).move_to_element_with_offset(all_maps, *second).click().perform()
    until(page, lambda: "channel 1;" in part(page, "mapWords").text)
    maps = activations(model, sample[np.newaxis] / np.float32(255), ["conv2"])["conv2"][0]
    value = float(part(page, "unitWords").text.split("the value ")[1].split(". ")[0])
    assert value == pytest.approx(maps[5, 5, 1], rel=0.01)


def test_the_square_slides_everywhere(page, model, sample):
    label = int(np.argmax(asked(model, sample)))
    places = range(0, SIDE - 8 + 1, 2)
    covered = np.repeat(sample[np.newaxis], len(places) ** 2, axis=0)
    corners = [(row, column) for row in places for column in places]
    for picture, (row, column) in zip(covered, corners, strict=True):
        picture[row : row + 8, column : column + 8] = 128
    answers = model.predict(covered / np.float32(255), verbose=0)[:, label]
    best, worst = (corners[int(place)] for place in (np.argmin(answers), np.argmax(answers)))
    part(page, "slide").click()
    until(page, lambda: "cost most" in part(page, "dropWords").text)
    words = part(page, "dropWords").text.split("; and most,")
    for sentence, (row, column) in zip(words, (best, worst), strict=True):
        assert f"rows {row} to {row + 7}, columns {column} to {column + 7}" in sentence


def test_another_network_answers_about_the_same_picture(page):
    Select(page.find_element(By.NAME, "network")).select_by_value("baseline")
    until(page, lambda: status(page).startswith("Baseline says"))
    assert part(page, "steps").text == f"Done to the sample, {CLASS_NAMES[0]}: nothing."
    Select(page.find_element(By.NAME, "network")).select_by_value("lenet5")
    until(page, lambda: status(page).startswith("LeNet5 says"))


def test_the_open_figure_has_no_barriers(page):
    axe = ROOT / "_build" / "tests" / AXE
    provide(AXE, axe)
    page.execute_script((axe / "axe.min.js").read_text(encoding="utf-8"))
    assert page.execute_async_script(BARRIERS) == []


def test_the_longest_names_fit_a_telephone(page):
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    Select(page.find_element(By.NAME, "network")).select_by_value("inception10")
    until(page, lambda: status(page).startswith("Inception10 says"))
    assert page.execute_script(TOO_WIDE) == []
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    Select(page.find_element(By.NAME, "network")).select_by_value("lenet5")
    until(page, lambda: status(page).startswith("LeNet5 says"))


def allow_camera(page, setting):
    permission = {"permission": {"name": "camera"}, "setting": setting}
    page.execute_cdp_cmd("Browser.setPermission", permission)


def test_the_cameras_frames_are_answered_until_it_is_stopped(page):
    allow_camera(page, "granted")
    page.find_element(By.CSS_SELECTOR, "[data-camera]").click()
    rate = page.find_element(By.CSS_SELECTOR, "[data-rate]")
    until(page, lambda: "answers per second" in rate.text)
    assert part(page, "steps").text.startswith("Done to a frame of the camera: cropped 640×480")
    press(page, "Stop the camera")
    until(page, lambda: rate.text == "")


def test_a_refused_camera_gets_a_sentence(page):
    allow_camera(page, "denied")
    press(page, "Use the camera")
    until(page, lambda: status(page).startswith("The camera was refused."))
    give_sample(page, "ship")


def test_nothing_loads_before_the_first_picture(browser, address, loaded):
    browser.get("about:blank")
    browser.get_log("performance")
    browser.get(address)
    WebDriverWait(browser, SECONDS).until(
        lambda _: browser.find_elements(By.CSS_SELECTOR, "form[data-live]")
    )
    log = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [of["params"]["request"]["url"] for of in log if of["method"].endswith("WillBeSent")]
    assert sent and not any("/networks/" in url for url in sent)


def test_without_webassembly_a_sentence_says_so(browser, address):
    script = {"source": "delete globalThis.WebAssembly"}
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", script)
    browser.get("about:blank")
    browser.get(address)
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    browser.find_element(By.CSS_SELECTOR, "[data-sample]").click()
    until(browser, lambda: "This browser cannot run the network" in status(browser))


def test_opened_as_a_file_a_sentence_says_what_to_do(browser, folder):
    browser.get((folder / "index.html").as_uri())
    main = browser.find_element(By.TAG_NAME, "main").text
    assert "You opened this page as a file, so it cannot run a network" in main
