// Runs Python's code as book/_static/python_worker.js does, in Node: page_python.py calls it.

import { readFileSync } from "node:fs";

import { writeFiles } from "../book/_static/python_files.mjs";

const { micropython, files, code } = JSON.parse(readFileSync(0, "utf8"));
const { loadMicroPython } = await import(micropython);
const python = await loadMicroPython({ heapsize: 16 * 1024 * 1024 });
writeFiles(python, files);
try {
  python.runPython(code);
  console.log(JSON.stringify({ result: python.globals.get("result") }));
} catch (error) {
  console.log(JSON.stringify({ failed: error.message }));
}
