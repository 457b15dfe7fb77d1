"""How fast networks learn in a page: headless Chromium, WebAssembly, no GPU, batches of 32.

`python benchmarks/page_training.py` prints pictures/s: over all steps, and of the fastest step,
which other work on the machine slows least.
"""

import sys
import tempfile
from pathlib import Path

from lessons_src.page_networks.learning import LEARNERS
from lessons_src.text_table import text_table

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from headless_browser import chromium
from local_server import served
from page_networks import serve_from

BATCH, STEPS, FIRST = 32, 60, 5
PAGE = '<!DOCTYPE html><title>A page</title><link rel="icon" href="data:,">'
MEASURE = """
const [name, batch, steps, first, done] = arguments;
const measure = async () => {
  const folder = new URL("/_static/networks/", location);
  const load = (file) => import(new URL(file, folder));
  const { tensorflow } = await load("tensorflow.js");
  const { learningFiles } = await load("learning_files.js");
  const { Run } = await load("run.js");
  const files = await learningFiles(name, new URL("learn/", folder));
  const settings = { optimizer: "Adam", rate: 0.001, batch, seed: 0 };
  const run = new Run(await tensorflow(), files, settings);
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


def main() -> None:
    """Train each network in a page of its own, and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        serve_from(folder / "_static")
        (folder / "index.html").write_text(PAGE)
        with served(folder) as server:
            browser = chromium()
            browser.set_script_timeout(120)
            rows = []
            for name in LEARNERS:
                browser.get(f"{server.address}/index.html")
                found = browser.execute_async_script(MEASURE, name, BATCH, STEPS, FIRST)
                if isinstance(found, str):
                    sys.exit(f"{name}: {found}")
                rows.append((name, *(f"{speed:,.0f}" for speed in found)))
            browser.quit()
    print(text_table(("network", "pictures/s", "fastest step"), rows, "<>>"))


if __name__ == "__main__":
    main()
