// MicroPython with the files of lessons_src that run in the page; judges one answer per message.

import { FILES } from "./exported/files.js";
import { MICROPYTHON } from "./micropython.js";

const MOST_PRINTED = 5_000; // characters; a function that prints for ever must not fill the memory
let printed = "";
let python = null;

const here = (path) => new URL(path, import.meta.url);

function keep(line) {
  if (printed.length < MOST_PRINTED) printed += `${line}\n`;
}

async function load() {
  const [{ loadMicroPython }, ...texts] = await Promise.all([
    import(here(MICROPYTHON)),
    ...FILES.map(async (path) => (await fetch(here(`exported/python/${path}`))).text()),
  ]);
  python = await loadMicroPython({ stdout: keep, linebuffer: true, heapsize: 16 * 1024 * 1024 });
  FILES.forEach((path, i) => {
    const folders = path.split("/").slice(0, -1);
    folders.forEach((_, depth) => {
      const folder = folders.slice(0, depth + 1).join("/");
      if (!python.FS.analyzePath(folder).exists) python.FS.mkdir(folder);
    });
    python.FS.writeFile(path, texts[i]);
  });
  python.runPython("from lessons_src.exercises.in_page import judge\nfrom keys import IMPORTS, KEYS");
}

self.onmessage = ({ data: { exercise, source, functionName } }) => {
  printed = "";
  try {
    python.globals.set("source", source);
    const call = `judge(KEYS["${exercise}"], IMPORTS["${exercise}"], source, "${functionName}")`;
    python.runPython(`words = ${call}`);
    self.postMessage({ words: python.globals.get("words"), printed: printed.trimEnd() });
  } catch (error) {
    self.postMessage({ failed: String(error.message ?? error) });
  }
};

load().then(
  () => self.postMessage({ ready: true }),
  (error) => self.postMessage({ failed: String(error.message ?? error) }),
);
