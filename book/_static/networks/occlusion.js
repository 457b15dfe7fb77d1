// How much the probability of a class drops when a grey square hides a part of the picture.

import { covered } from "./edits.js";

export const STEP = 2; // pixels from one place of the square to the next
const AT_ONCE = 16; // pictures in one question, so that the page can tell how far it is

// Return the places of a square along one side.
export function places(side, size) {
  return Array.from({ length: Math.floor((side - size) / STEP) + 1 }, (_, i) => i * STEP);
}

// Return {without, size, found}: the probability without a square, and for each place of the square,
// row by row, {row, column, probability}. Return null once `told`, which hears the share that is
// done, returns false.
export async function occlusion(network, pixels, side, size, label, told) {
  const along = places(side, size);
  const squares = along.flatMap((row) => along.map((column) => ({ row, column, size })));
  const [first] = await network.answerMany([pixels]);
  const found = [];
  while (found.length < squares.length) {
    const next = squares.slice(found.length, found.length + AT_ONCE);
    const answers = await network.answerMany(next.map((square) => covered(pixels, side, square)));
    found.push(
      ...next.map(({ row, column }, i) => ({ row, column, probability: answers[i][label] })),
    );
    if (!told(found.length / squares.length)) return null;
  }
  return { without: first[label], size, found };
}
