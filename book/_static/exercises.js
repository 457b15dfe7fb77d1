// Puts an input in place of each exercise's cell and has the answer judged in a worker, which runs
// the package's own rule: lessons_src/exercises/in_page.py.

import { judge } from "./judge.js";
import { isRight, markRight } from "./progress.js";

const CALL = /check\(\s*"(\w+\/\d+)",\s*(\w+)\s*\)\s*$/;
const INDENT = "    ";

for (const cell of document.querySelectorAll("main div.cell")) {
  const code = cell.querySelector(".cell_input pre")?.textContent ?? "";
  const call = code.match(CALL);
  if (call) cell.replaceWith(form(call[1], call[2], code.slice(0, call.index).trim()));
}

// Return the form that stands in place of a cell: of a value, or of a function.
function form(exercise, name, code) {
  const isFunction = code.startsWith("def ");
  const element = document.createElement("form");
  element.className = "exercise";
  element.innerHTML = `
    <label for="answer-${exercise}">${isFunction ? "Your function" : "Your answer"}</label>
    <textarea id="answer-${exercise}" rows="${isFunction ? 6 : 1}" spellcheck="false"
      autocapitalize="off" autocomplete="off" autocorrect="off"
      aria-describedby="verdict-${exercise}"></textarea>
    <div class="exercise-buttons">
      <button type="submit">Check</button>
      ${isFunction ? '<button type="button" data-by="1">Indent</button>' : ""}
      ${isFunction ? '<button type="button" data-by="-1">Unindent</button>' : ""}
    </div>
    <output id="verdict-${exercise}" for="answer-${exercise}"></output>`;
  const [input, verdict] = [element.querySelector("textarea"), element.querySelector("output")];
  const empty = isFunction ? code.replace(/(:)?\s*(return )?\.\.\.$/, `:\n${INDENT}`) : "";
  input.value = empty;
  input.placeholder = isFunction ? "" : "such as 3 * (5 - 3) or (1, 2)";
  if (isRight(exercise)) show("right.", "right");

  function show(words, state) {
    verdict.textContent = words;
    element.dataset.state = state;
  }

  async function submit(event) {
    event?.preventDefault();
    show("Checking …", "busy");
    const answer = input.value === empty ? "" : input.value;
    const { words, printed, state } = await judge(exercise, answer, isFunction ? name : "");
    show([printed, words].filter(Boolean).join("\n"), state);
    if (state === "right") markRight(exercise);
  }

  element.addEventListener("submit", submit);
  element.addEventListener("click", ({ target }) => {
    if (target.dataset.by) indent(input, Number(target.dataset.by));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey || !isFunction) submit(event);
    else continueLine(event, input);
  });
  return element;
}

// Begin a line as deep as the one before it, one level deeper after a colon.
function continueLine(event, input) {
  event.preventDefault();
  const line = input.value.slice(0, input.selectionStart).split("\n").at(-1);
  const depth = line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? INDENT : "");
  input.setRangeText(`\n${depth}`, input.selectionStart, input.selectionEnd, "end");
}

// Move the selected lines one level to the right, or to the left.
function indent(input, by) {
  const begin = input.value.lastIndexOf("\n", input.selectionStart - 1) + 1;
  const lines = input.value.slice(begin, input.selectionEnd).split("\n");
  const moved = lines.map((line) => (by > 0 ? INDENT + line : line.replace(/^ {1,4}/, "")));
  input.setRangeText(moved.join("\n"), begin, input.selectionEnd, "end");
  input.focus();
}
