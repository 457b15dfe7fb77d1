// On the front page: how many exercises of each chapter the reader has answered rightly.

import { PAGES } from "./exported/pages.js";
import { countRight, forget } from "./progress.js";

const list = document.getElementById("progress");

function show() {
  for (const element of document.querySelectorAll(".progress-count")) element.remove();
  const seen = new Set();
  for (const link of document.querySelectorAll("main article a.reference[href]")) {
    const page = new URL(link.href).pathname.replace(/\.html$/, "").split("/").slice(-2).join("/");
    const exercises = PAGES[page];
    if (!exercises || seen.has(page)) continue;
    seen.add(page);
    const count = document.createElement("span");
    count.className = "progress-count";
    count.textContent = ` ${countRight(exercises)} of ${exercises.length} exercises`;
    link.after(count);
  }
}
