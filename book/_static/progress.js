// Which exercises the reader has answered rightly: kept on the reader's device, nowhere else.

const NAME = "right-answers";

function right() {
  try {
    return new Set(JSON.parse(localStorage.getItem(NAME) ?? "[]"));
  } catch {
    return new Set(); // no storage in this browser, or not ours: nothing is remembered
  }
}

export function isRight(exercise) {
  return right().has(exercise);
}

export function markRight(exercise) {
  try {
    localStorage.setItem(NAME, JSON.stringify([...right().add(exercise)].sort()));
  } catch {
    // a private window may refuse; the verdict itself stands on the page
  }
}

export function forget() {
  localStorage.removeItem(NAME);
}

export function countRight(exercises) {
  const found = right();
  return exercises.filter((exercise) => found.has(exercise)).length;
}
