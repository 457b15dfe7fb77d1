// Has answers judged by the package's own rule: lessons_src/exercises/in_page.py.

import { run, SECONDS, TooLate } from "./python.js";

const JUDGE = `
from keys import KEYS
from lessons_src.exercises.in_page import judge
result = judge(KEYS[exercise], source, function)`;
const UNABLE =
  "This browser cannot judge answers: it has no WebAssembly, or the page's Python did not arrive. " +
  "Try another browser or load the page again, or answer in the notebook.";

// Return {words, printed, state}; state is "right", "wrong", "none" (no answer yet) or "unable".
export async function judge(exercise, source, functionName) {
  try {
    const texts = { exercise, source, function: functionName };
    const { result, printed } = await run(JUDGE, texts);
    return { words: result, printed, state: stateOf(result) };
  } catch (error) {
    if (!(error instanceof TooLate)) return { words: UNABLE, state: "unable" };
    const words = `not yet. Stopped after ${SECONDS} seconds: does a loop never end?`;
    return { words, state: "wrong" };
  }
}

function stateOf(words) {
  if (words.startsWith("right.")) return "right";
  return words.startsWith("no answer yet") ? "none" : "wrong";
}
