// Runs Python's code as book/_static/python_worker.js does, in Node: page_python.py calls it.

import { readFileSync } from "node:fs";

const { micropython, files, code } = JSON.parse(readFileSync(0, "utf8"));
const { loadMicroPython } = await import(micropython);
const python = await loadMicroPython({ heapsize: 16 * 1024 * 1024 });
for (const [path, text] of Object.entries(files)) {
  const folders = path.split("/").slice(0, -1);
  folders.forEach((_, depth) => {
    const folder = folders.slice(0, depth + 1).join("/");
    if (!python.FS.analyzePath(folder).exists) python.FS.mkdir(folder);
  });
  python.FS.writeFile(path, text);
}
try {
  python.runPython(code);
  console.log(JSON.stringify({ result: python.globals.get("result") }));
} catch (error) {
  console.log(JSON.stringify({ failed: error.message }));
}
