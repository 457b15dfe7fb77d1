// Puts inputs under the questions of Predict, has what is typed there judged as an exercise's answer
// is, and keeps the section's answers folded until each question has one from the reader.

import { PREDICTIONS } from "./exported/predictions.js";
import { judge } from "./judge.js";
import { keepPrediction, keptPrediction } from "./progress.js";

const page = Object.keys(PREDICTIONS).find((name) => location.pathname.endsWith(`${name}.html`));

for (const section of document.querySelectorAll('main section[id^="predict"]')) {
  const questions = itemsOf(section.querySelectorAll(":scope > ol"))
    .filter(({ number }) => PREDICTIONS[page]?.[number])
    .map(({ number, item }) => question(number, item, PREDICTIONS[page][number]));
  const answers = section.querySelector(":scope > details");
  if (answers && questions.length) addGate(answers, questions);
}

// Return the items of numbered lists, each with its number.
function itemsOf(lists) {
  return [...lists].flatMap((list) =>
    [...list.children].map((item, i) => ({ number: list.start + i, item })),
  );
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Put a form into the item of a question; return what tells whether and how it was answered.
function question(number, item, parts) {
  const form = make("form", { className: "exercise prediction" });
  const listeners = [];
  const changed = () => listeners.forEach((listener) => listener());
  const asked = parts.map((part, i) =>
    (part.choices ? choice : quantity)(part, `predict-${number}-${i + 1}`, changed),
  );
  form.append(...asked.map(({ element }) => element));
  const typed = asked.filter(({ submit }) => submit);
  typed.at(-1)?.row.append(make("button", { type: "submit" }, "Check"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const filled = typed.filter(({ isFilled }) => isFilled());
    (filled.length ? filled : typed.slice(0, 1)).forEach(({ submit }) => submit());
  });
  item.append(form);
  return {
    number,
    isAnswered: () => asked.every(({ given }) => given()),
    given: () => asked.filter(({ given }) => given()).map((one) => `${one.label} = ${one.given()}`),
    onChange: (listener) => listeners.push(listener),
  };
}

// Return what judges one answer, shows the verdict, keeps both and restores them.
function judged(part, id, changed, restore) {
  const output = make("output", { id: `${id}-verdict` });
  const element = make("div", { className: "quantity" });
  let kept = keptPrediction(part.name);

  function show(words, state) {
    output.textContent = words;
    element.dataset.state = state;
  }

  async function submit(source) {
    show("Checking …", "busy");
    const { printed, words, state } = await judge(part.name, source, "");
    const text = [printed, words].filter(Boolean).join("\n");
    show(text, state);
    if (state === "none") return;
    kept = { source, words: text, state };
    keepPrediction(part.name, kept);
    changed();
  }

  if (kept) {
    restore(kept.source);
    show(kept.words, kept.state);
  }
  return { element, output, submit, source: () => kept?.source };
}

// Return the input of a number, with a label of its own.
function quantity(part, id, changed) {
  const input = make("input", {
    id,
    type: "text",
    inputMode: part.whole ? "numeric" : "text", // some telephones offer no point among digits
    enterKeyHint: "done",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: false,
  });
  input.setAttribute("aria-describedby", `${id}-verdict`);
  const restore = (source) => (input.value = source);
  const { element, output, submit, source } = judged(part, id, changed, restore);
  const row = make("div", { className: "row-of-input" });
  row.append(make("label", { htmlFor: id }, part.label), input);
  output.htmlFor = id;
  element.append(row, output);
  return {
    ...{ element, row, label: part.label, given: source },
    isFilled: () => input.value.trim() !== "",
    submit: () => submit(input.value),
  };
}

// Return buttons, one for each of a few words; the pressed one is the answer.
function choice(part, id, changed) {
  const press = (chosen) =>
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === chosen)));
  const buttons = part.choices.map((words, i) => {
    const button = make("button", { type: "button" }, words);
    button.addEventListener("click", () => {
      press(i);
      submit(String(i));
    });
    return button;
  });
  press(-1);
  const restore = (source) => press(Number(source));
  const { element, output, submit, source } = judged(part, id, changed, restore);
  const group = make("div", { className: "row-of-choices" });
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", `${id}-label`);
  group.append(make("span", { id: `${id}-label`, className: "label" }, part.label), ...buttons);
  element.append(group, output);
  return { element, label: part.label, given: () => part.choices[source()] };
}

// Keep the answers folded while a question is open; beside each, show the reader's own.
function addGate(answers, questions) {
  const [words, anyway] = [make("output"), make("button", { type: "button" })];
  anyway.textContent = "Show the answers anyway";
  const note = make("p", { className: "gate" }, words, anyway);
  const summary = answers.querySelector("summary");
  answers.after(note);
  tell([]);

  function open() {
    return questions.filter(({ isAnswered }) => !isAnswered()).map(({ number }) => number);
  }

  function tell(numbers) {
    words.textContent = numbers.length ? wordsOf(numbers) : "";
    anyway.hidden = !numbers.length;
  }

  summary.addEventListener("click", (event) => {
    if (answers.open || !open().length) return;
    event.preventDefault();
    tell(open());
  });
  anyway.addEventListener("click", () => {
    answers.open = true;
    tell([]);
    summary.focus();
  });
  const own = addOwn(answers, questions);
  questions.forEach(({ onChange }) =>
    onChange(() => {
      own();
      if (!anyway.hidden) tell(open());
    }),
  );
}

function wordsOf(numbers) {
  if (numbers.length === 1) return `1 question is open: ${numbers[0]}. `;
  const list = `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
  return `${numbers.length} questions are open: ${list}. `;
}

// Put a line for the reader's own answer under each of the answers; return what fills the lines.
function addOwn(answers, questions) {
  const lines = new Map();
  for (const { number, item } of itemsOf(answers.querySelectorAll("ol"))) {
    const line = make("p", { className: "own-answer" });
    item.append(line);
    lines.set(number, line);
  }
  const fill = () => {
    for (const { number, given } of questions) {
      const words = given();
      lines.get(number).textContent = words.length ? `You answered: ${words.join("; ")}.` : "";
    }
  };
  fill();
  return fill;
}
