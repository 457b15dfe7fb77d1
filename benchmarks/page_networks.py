"""How fast the recorded networks answer in a page: headless Chromium, WebAssembly, no GPU.

`python benchmarks/page_networks.py` prints a table for README.md. Times are from the page's request
to its answer, the worker's messages included.
"""

import gzip
import sys
import tempfile
from pathlib import Path

from lessons_src.records.kept_weights import KEPT
from lessons_src.text_table import text_table

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from headless_browser import chromium
from local_server import served
from page_networks import serve_from

ANSWERS = 30
ANSWERS_PER_LAYER = 5
PICTURES = 64  # at once, as an occlusion map asks for them
PAGE = '<!DOCTYPE html><title>A page</title><link rel="icon" href="data:,">'
HEADINGS = (
    *("network", "load ms", "answer ms", "with maps ms", "slowest maps ms"),
    *("of many ms", "kB", "kB compressed"),
)
MEASURE = """
const [name, answers, answersPerLayer, pictures, done] = arguments;
const clock = async (act) => {
  const start = performance.now();
  await act();
  return performance.now() - start;
};
const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const repeated = async (times, act) => {
  const found = [];
  for (let i = 0; i < times; i++) found.push(await clock(act));
  return median(found);
};
const measure = async () => {
  const { openNetwork } = await import("/_static/networks/answers.js");
  let network;
  const load = await clock(async () => (network = await openNetwork(name)));
  const pixels = Uint8ClampedArray.from({ length: 3072 }, (_, i) => i * 7919);
  await repeated(answers, () => network.answer(pixels));
  const answer = await repeated(answers, () => network.answer(pixels));
  const maps = [];
  for (const layer of network.graph.layers) {
    maps.push(await repeated(answersPerLayer, () => network.answer(pixels, layer.name)));
  }
  const same = Array(pictures).fill(pixels);
  const many = await repeated(answersPerLayer, () => network.answerMany(same));
  return [load, answer, median([...maps]), Math.max(...maps), many / pictures];
};
measure().then(done, (error) => done(error.message));
"""


def compressed(path: Path) -> int:
    """Return the bytes that a server which compresses sends of a file."""
    return len(gzip.compress(path.read_bytes(), 6))


def sizes(static: Path, name: str) -> tuple[str, str]:
    """Return a network's kB, as they lie there and compressed."""
    files = [static / "networks" / f"{name}.{ending}" for ending in ("json", "bin")]
    return tuple(
        f"{sum(map(size, files)) / 1000:,.0f}"
        for size in (lambda path: path.stat().st_size, compressed)
    )


def main() -> None:
    """Measure each network in a page of its own, and print the table and the runtime's size."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, static = Path(scratch), Path(scratch, "_static")
        serve_from(static)
        (folder / "index.html").write_text(PAGE)
        with served(folder) as server:
            browser = chromium()
            browser.set_script_timeout(120)
            rows = []
            for name, _ in KEPT:
                browser.get(f"{server.address}/index.html")
                counts = (ANSWERS, ANSWERS_PER_LAYER, PICTURES)
                found = browser.execute_async_script(MEASURE, name, *counts)
                if isinstance(found, str):
                    sys.exit(f"{name}: {found}")
                rows.append((name, *(f"{ms:,.1f}" for ms in found), *sizes(static, name)))
            browser.quit()
        print(text_table(HEADINGS, rows, "<>>>>>>>"))
        runtime = [p for p in static.rglob("npm/**/*") if p.is_file() and "wasm.wasm" not in p.name]
        print(*(f"{path.name}: {compressed(path) / 1000:,.0f} kB compressed" for path in runtime))


if __name__ == "__main__":
    main()
