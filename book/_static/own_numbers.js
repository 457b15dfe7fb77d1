// Figures that are computed anew when the reader changes what their fields hold, by the function
// that a kernel calls, too: lessons_src/page_figures/render.py. Its HTML may hold elements with
// `data-set`: a click puts the texts that it names into the fields, and moves the focus to the
// element whose id is in `data-focus`.

import { run, SECONDS, TooLate } from "./python.js";

const RENDER = `
import json
from lessons_src.page_figures.render import render
result = render(topic, json.loads(fields))`;
const PAUSE = 250; // milliseconds without a key before a figure is computed
const BROKEN =
  "The link to this figure is damaged: a part of it is missing or unknown. The figure shows its " +
  "own numbers.";
const LATE = `Stopped after ${SECONDS} seconds: give smaller numbers.`;
const UNABLE =
  "This browser cannot compute the figure: it has no WebAssembly, or the page's Python did not " +
  "arrive. Try another browser or load the page again, or open the notebook.";

document.querySelectorAll("form.own-numbers").forEach(activate);

function activate(form) {
  const result = form.querySelector(".own-result");
  const status = form.querySelector(".own-status");
  let asked = 0;
  let clock = null;

  async function compute(next) {
    clearTimeout(clock);
    const mine = ++asked;
    const html = await computed(form);
    if (mine === asked) show(html, next);
  }

  // Put the figure in place of the one before it. Scrolling stays where it was, and the focus if it
  // has nowhere to go next.
  function show(html, next) {
    const focused = result.contains(document.activeElement) && document.activeElement.id;
    const scrolled = [...result.querySelectorAll("[role=region]")].map((part) => part.scrollLeft);
    result.innerHTML = html;
    prepare(result);
    if (next || focused) document.getElementById(next || focused)?.focus({ preventScroll: !next });
    result.querySelectorAll("[role=region]").forEach((part, i) => {
      part.scrollLeft = scrolled[i] ?? 0;
    });
    status.textContent = result.querySelector("p")?.textContent ?? "";
  }

  function follow() {
    const texts = linked(form);
    if (!texts) return;
    form.scrollIntoView();
    if (!fill(form, texts)) show(note(BROKEN));
    else compute();
  }

  form.addEventListener("input", () => {
    clearTimeout(clock);
    clock = setTimeout(() => compute(), PAUSE);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", ({ target }) => {
    const setter = target.closest("[data-set]");
    if (setter) {
      fill(form, Object.entries(JSON.parse(setter.dataset.set)));
      compute(setter.dataset.focus);
    }
    if (target.closest("[data-copy]")) copyLink(form);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) compute();
    if (!["Enter", " "].includes(event.key) || !event.target.matches("[role=button]")) return;
    event.preventDefault();
    event.target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  });
  window.addEventListener("hashchange", follow);
  prepare(result);
  form.dataset.live = "";
  follow();
}

// Return the figure for what the fields hold, or a sentence.
async function computed(form) {
  const fields = JSON.stringify(Object.fromEntries(new FormData(form)));
  try {
    return (await run(RENDER, { topic: form.dataset.topic, fields })).result;
  } catch (error) {
    return note(error instanceof TooLate ? LATE : UNABLE);
  }
}

function note(sentence) {
  return `<p role="note">${sentence}</p>`;
}

// Make buttons of the drawing's parts that set fields. Where there are many, the figure itself takes
// them out of the way through the page, and has other buttons for the keyboard.
function prepare(result) {
  for (const part of result.querySelectorAll("[data-set]:not(button)")) {
    part.setAttribute("role", "button");
    if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "0");
  }
}

// Put texts into the fields; false if there is a name without a field, or a choice without the text.
function fill(form, texts) {
  return texts.every(([name, text]) => {
    const field = form.elements.namedItem(name);
    if (field) field.value = text;
    return field?.value === text.replace(/\r\n?/g, "\n");
  });
}

// A link holds what all fields hold, and an end, so that one that was cut is known.
function address(form) {
  const texts = new URLSearchParams([...new FormData(form), ["end", ""]]);
  return `${location.href.split("#")[0]}#${form.id}?${texts}`;
}

// Return the texts that the page's address holds for a form's fields: null if it holds none, and
// some that no field has if it is damaged.
function linked(form) {
  const [identity, query] = location.hash.slice(1).split(/\?(.*)/s);
  if (identity !== form.id || query === undefined) return null;
  const texts = [...new URLSearchParams(query)];
  const whole = texts.at(-1)?.[0] === "end" && texts.length - 1 === [...new FormData(form)].length;
  return whole ? texts.slice(0, -1) : [["", ""]];
}

async function copyLink(form) {
  const words = form.querySelector(".own-copied");
  history.replaceState(null, "", address(form));
  try {
    await navigator.clipboard.writeText(location.href);
    words.textContent = "The link is copied.";
  } catch {
    words.textContent = "The page's address is now the link: copy it from there.";
  }
}
