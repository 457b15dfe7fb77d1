// Which pixels of the picture one unit of a map sees, by the graph's numbers from `lessons_src`.

// Return {first, size} along each axis; null for a unit that sees the whole picture. `first` is
// negative for a field that begins in the padding.
export function fieldOf(layer, [row, column]) {
  if (!layer.field) return null;
  const { size, jump, offset } = layer.field;
  return { top: offset + jump * row, left: offset + jump * column, size };
}

// Say it in words.
export function fieldInWords(field, side) {
  if (!field) return "It sees the whole picture.";
  const { top, left, size } = field;
  const rows = range(top, size, side);
  const columns = range(left, size, side);
  const beyond = Math.min(top, left) < 0 || Math.max(top, left) + size > side;
  return (
    `Its receptive field has ${size}×${size} pixels: rows ${rows}, columns ${columns}` +
    `${beyond ? " of the picture, the rest lies in the padding" : ""}.`
  );
}

function range(first, size, side) {
  return `${Math.max(first, 0)} to ${Math.min(first + size, side) - 1}`;
}
