// Pictures and maps on canvases, one pixel of the canvas for each of theirs; the page's style
// enlarges them. Maps have matplotlib's colours, "viridis", as the book's figures.

const VIRIDIS = [
  [68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142],
  [31, 158, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37],
]; // prettier-ignore

// Return the colour of a share between 0 and 1.
function colour(share) {
  const place = Math.min(Math.max(share, 0), 1) * (VIRIDIS.length - 1);
  const below = Math.min(Math.floor(place), VIRIDIS.length - 2);
  return VIRIDIS[below].map((value, i) => value + (place - below) * (VIRIDIS[below + 1][i] - value));
}

export function drawPicture(canvas, pixels, side) {
  const image = new ImageData(side, side);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    image.data.set([pixels[from], pixels[from + 1], pixels[from + 2], 255], to);
  }
  put(canvas, image);
}

// Draw one channel; `scale` is [lowest, highest].
export function drawChannel(canvas, maps, channel, scale) {
  put(canvas, imageOf(maps, channel, scale));
}

// Draw all channels in rows of `columns` cells, each `size` pixels wide, with a gap between them, and
// a frame round the chosen one. `scaleOf` returns the scale of a channel.
export function drawAll(canvas, maps, scaleOf, { columns, size, gap }, chosen) {
  const [height, width, channels] = maps.shape;
  const tall = Math.max(1, Math.round((size * height) / width));
  const rows = Math.ceil(channels / columns);
  canvas.width = columns * (size + gap) - gap;
  canvas.height = rows * (tall + gap) - gap;
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  const cell = new OffscreenCanvas(width, height);
  for (let channel = 0; channel < channels; channel++) {
    put(cell, imageOf(maps, channel, scaleOf(channel)));
    const left = (channel % columns) * (size + gap);
    const top = Math.floor(channel / columns) * (tall + gap);
    context.drawImage(cell, left, top, size, tall);
    if (channel === chosen) {
      context.strokeStyle = "#ffb000";
      context.lineWidth = 4;
      context.strokeRect(left + 2, top + 2, size - 4, tall - 4);
    }
  }
}

// Draw over a picture how much each place of the grey square takes from the probability.
export function drawDrops(canvas, { without, size, found }, step) {
  const context = canvas.getContext("2d");
  const margin = Math.floor((size - step) / 2);
  const drops = found.map(({ probability }) => without - probability);
  const [lowest, highest] = [Math.min(...drops), Math.max(...drops)];
  found.forEach(({ row, column }, i) => {
    const share = (drops[i] - lowest) / (highest - lowest || 1);
    context.fillStyle = `rgb(${colour(share).map(Math.round).join(" ")} / 75%)`;
    context.fillRect(column + margin, row + margin, step, step);
  });
}

// Return [lowest, highest] of one channel, or of all.
export function scaleOf({ shape, values }, channel = null) {
  const channels = shape[2];
  let [lowest, highest] = [Infinity, -Infinity];
  for (let i = channel ?? 0; i < values.length; i += channel === null ? 1 : channels) {
    if (values[i] < lowest) lowest = values[i];
    if (values[i] > highest) highest = values[i];
  }
  return [lowest, highest];
}

function imageOf({ shape: [height, width, channels], values }, channel, [lowest, highest]) {
  const image = new ImageData(width, height);
  for (let place = 0; place < height * width; place++) {
    const value = values[place * channels + channel];
    image.data.set([...colour((value - lowest) / (highest - lowest || 1)), 255], 4 * place);
  }
  return image;
}

function put(canvas, image) {
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").putImageData(image, 0, 0);
}
