// What a figure of a network that learns shows below its settings.

export const LAYOUT = `
  <p class="learn-numbers"></p>
  <p class="learn-back-end"></p>
  <div class="learn-curves"></div>
  <p class="learn-key">Solid lines: the 500 pictures to check with. Dashed lines: training.</p>
  <ul class="learn-runs" aria-label="The runs in the drawings"></ul>
  <button type="button" data-do="clear">Remove the curves of earlier runs</button>
  <p class="learn-title">The kernels of the first layer</p>
  <div class="learn-filters" role="img"></div>
  <p class="learn-title">The ten worst answers to the 500 pictures</p>
  <ol class="learn-worst"></ol>
  <p class="learn-title">Go on with what was trained</p>
  <div class="learn-buttons">
    <button type="button" data-do="keep">Keep it on this device</button>
    <button type="button" data-do="download">Download its weights for Keras</button>
    <label>Show it a picture of yours: <input type="file" accept="image/*"></label>
  </div>
  <div class="learn-answer" aria-live="polite"></div>`;

const side = (values) => Math.round(Math.sqrt(values.length / 3));

// Return a canvas with a square picture, RGB of 0–255.
export function picture(pixels) {
  const size = side(pixels);
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const image = new ImageData(size, size);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    image.data.set([pixels[from], pixels[from + 1], pixels[from + 2], 255], to);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

// Return a canvas for each kernel of three channels: grey is 0, and the strongest weight of all
// kernels is full colour.
export function kernels({ shape: [height, width, channels, count], values }) {
  const strongest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return Array.from({ length: count }, (_, kernel) => {
    const pixels = new Uint8ClampedArray(height * width * channels);
    pixels.forEach((_, i) => {
      pixels[i] = 127.5 * (1 + values[i * count + kernel] / strongest);
    });
    return picture(pixels);
  });
}

export function percent(share) {
  return `${(100 * share).toFixed(share > 0 && share < 0.0095 ? 1 : 0)} %`;
}

// Say how a run was set, as the legend and the reader's keeping name it.
export function inWords({ network, activation, optimizer, rate, batch, seed }) {
  return `${network}, ${activation}, ${optimizer}, rate ${rate}, batch ${batch}, seed ${seed}`;
}
