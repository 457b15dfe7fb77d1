// Numbers of 16 bits, as NumPy's float16 stores them: a sign, an exponent of 5 bits, 10 digits.

const NUMBERS = Float32Array.from({ length: 1 << 16 }, (_, bits) => number(bits));

// Return the numbers that a buffer holds, the lower byte of each first, as all browsers have it.
export function numbersOf(buffer) {
  const halves = new Uint16Array(buffer);
  const numbers = new Float32Array(halves.length);
  // A loop, since `Float32Array.from` takes thirty times as long.
  for (let i = 0; i < halves.length; i++) numbers[i] = NUMBERS[halves[i]];
  return numbers;
}

function number(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const digits = bits & 1023;
  return exponent ? sign * (1024 + digits) * 2 ** (exponent - 25) : sign * digits * 2 ** -24;
}
