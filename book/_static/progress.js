// What the reader has answered: kept on the reader's device, nowhere else.

const RIGHT = "right-answers"; // the names of the exercises
const PREDICTED = "predictions"; // by name, what was typed and what was said to it

function read(name, empty) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? empty;
  } catch {
    return empty; // no storage in this browser, or not ours: nothing is remembered
  }
}

function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // a private window may refuse; the verdict itself stands on the page
  }
}

function right() {
  return new Set(read(RIGHT, []));
}

export function isRight(exercise) {
  return right().has(exercise);
}

export function markRight(exercise) {
  write(RIGHT, [...right().add(exercise)].sort());
}

export function countRight(exercises) {
  const found = right();
  return exercises.filter((exercise) => found.has(exercise)).length;
}

// Return {source, words, state} of a prediction, or null for one that was not made.
export function keptPrediction(name) {
  return read(PREDICTED, {})[name] ?? null;
}

export function keepPrediction(name, prediction) {
  write(PREDICTED, { ...read(PREDICTED, {}), [name]: prediction });
}

export function forget() {
  localStorage.removeItem(RIGHT);
  localStorage.removeItem(PREDICTED);
}
