// Changes of a small picture, RGB after RGB: each returns a new one.

// Return a picture whose pixel at each place is that at `from(row, column)` of the picture given.
function moved(pixels, side, from) {
  const result = new Uint8ClampedArray(pixels.length);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [oldRow, oldColumn] = from(row, column);
      for (let channel = 0; channel < 3; channel++) {
        const old = (oldRow * side + oldColumn) * 3 + channel;
        result[(row * side + column) * 3 + channel] = pixels[old];
      }
    }
  }
  return result;
}

// Shift by pixels; the border mirrors what comes in, as in `lessons_src.analysis.robustness.shifted`.
export function shifted(pixels, side, [down, right]) {
  const within = (place) => side - 1 - Math.abs(side - 1 - Math.abs(place));
  return moved(pixels, side, (row, column) => [within(row - down), within(column - right)]);
}

export function mirrored(pixels, side) {
  return moved(pixels, side, (row, column) => [row, side - 1 - column]);
}

export function upsideDown(pixels, side) {
  return moved(pixels, side, (row, column) => [side - 1 - row, column]);
}

// A quarter turn to the right.
export function turned(pixels, side) {
  return moved(pixels, side, (row, column) => [side - 1 - column, row]);
}

// The mean of the three colours in each of them.
export function grey(pixels) {
  return pixels.map((_, i) => {
    const first = i - (i % 3);
    return (pixels[first] + pixels[first + 1] + pixels[first + 2]) / 3;
  });
}

export function redAndBlueSwapped(pixels) {
  return pixels.map((_, i) => pixels[i + [2, 0, -2][i % 3]]);
}

// Lay a grey square over a picture.
export function covered(pixels, side, { row, column, size }) {
  const result = pixels.slice();
  for (let line = row; line < Math.min(row + size, side); line++) {
    const end = Math.min(column + size, side);
    result.fill(128, (line * side + column) * 3, (line * side + end) * 3);
  }
  return result;
}
