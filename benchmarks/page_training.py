"""How fast networks learn in a page: headless Chromium, WebAssembly and WebGL, batches of 32.

`python benchmarks/page_training.py` prints pictures/s: over all steps, and of the fastest step,
which other work on the machine slows least; and what WebGL draws with.
"""

import sys
import tempfile
from itertools import product
from pathlib import Path

from lessons_src.page_networks.learning import LEARNERS
from lessons_src.text_table import text_table

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from headless_browser import chromium
from local_server import served
from page_networks import serve_from

BATCH = 32
# Steps that warm up, and those that count. (WebGL takes long where it is drawn in software.)
STEPS = {"wasm": (5, 60), "webgl": (2, 6)}
PAGE = '<!DOCTYPE html><title>A page</title><link rel="icon" href="data:,">'
MEASURE = """
const [name, backEnd, batch, [first, steps], done] = arguments;
const measure = async () => {
  const folder = new URL("/_static/networks/", location);
  const load = (file) => import(new URL(file, folder));
  const { tensorflow } = await load("tensorflow.js");
  const { learningFiles } = await load("learning_files.js");
  const { Run } = await load("run.js");
  const { WEBGL } = await load("../tensorflow_address.js");
  const tf = await tensorflow();
  await load(`../${WEBGL}tf-backend-webgl.min.js`);
  if (!(await tf.setBackend(backEnd))) throw Error(`no ${backEnd}`);
  const files = await learningFiles(name, new URL("learn/", folder));
  const settings = { optimizer: "Adam", rate: 0.001, batch, seed: 0 };
  const run = new Run(tf, files, settings);
  const times = [];
  for (let step = 0; step < first + steps; step++) {
    const start = performance.now();
    run.step();
    times.push(performance.now() - start);
  }
  const counted = times.slice(first);
  const all = counted.reduce((sum, time) => sum + time);
  return [(1000 * batch * steps) / all, (1000 * batch) / Math.min(...counted)];
};
measure().then(done, (error) => done(error.message));
"""
DRAWS_WITH = """
const gl = document.createElement("canvas").getContext("webgl2");
const names = gl?.getExtension("WEBGL_debug_renderer_info");
return names ? gl.getParameter(names.UNMASKED_RENDERER_WEBGL) : "no name";
"""


def main() -> None:
    """Train each network by each back end, in a page of its own, and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        serve_from(folder / "_static")
        (folder / "index.html").write_text(PAGE)
        with served(folder) as server, chromium() as browser:
            browser.set_script_timeout(120)
            rows = []
            for name, (back_end, steps) in product(LEARNERS, STEPS.items()):
                browser.get(f"{server.address}/index.html")
                found = browser.execute_async_script(MEASURE, name, back_end, BATCH, steps)
                if isinstance(found, str):
                    sys.exit(f"{name}, {back_end}: {found}")
                rows.append((name, back_end, *(f"{speed:,.0f}" for speed in found)))
            renderer = browser.execute_script(DRAWS_WITH)
    print(text_table(("network", "back end", "pictures/s", "fastest step"), rows, "<<>>"))
    print(f"WebGL draws with {renderer}")


if __name__ == "__main__":
    main()
