// Random numbers that a seed fixes, the same in every browser.

// Return a function that returns numbers from 0 to below 1. Source: mulberry32, Tommy Ettinger, 2017,
// public domain; its 32 bits of state are enough for some million draws.
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Return the numbers from 0 to below count in random order: Fisher and Yates' shuffle.
export function order(count, random) {
  const numbers = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [numbers[i], numbers[other]] = [numbers[other], numbers[i]];
  }
  return numbers;
}

// Return a network's first weights in one array, drawn from Keras' distributions: for each weight
// `initial` holds the limit of a uniform distribution or the one value of all, as the site's build
// read it from Keras' initializers.
export function initialWeights(parameters, initial, random) {
  const weights = new Float32Array(parameters.reduce((sum, { size }) => sum + size, 0));
  for (const { key, offset, size } of parameters) {
    const { limit, value } = initial[key];
    const draw = limit ? () => (2 * random() - 1) * limit : () => value;
    for (let i = 0; i < size; i++) weights[offset + i] = draw();
  }
  return weights;
}
