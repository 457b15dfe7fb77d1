// The gradients of the layers: the chain rule, a layer at a time. From the loss's gradient for a
// layer's output each function returns that for its `inputs` and for its trainable `weights`.
// TensorFlow.js could find gradients by itself, but not with its WebAssembly back end, which lacks
// that of a convolution's kernels.

// `pass` holds the layer's `inputs` and `output` of the forward pass, its `weights`, its `notes`, if
// it is one of FORWARD, and whether the gradient for the inputs is `wanted`: pixels do not learn.
export const BACKWARD = {
  Conv2D(tf, layer, change, { inputs: [x], output, weights, wanted }) {
    const { strides, padding } = layer;
    const inner = throughActivation(tf, layer, output, change);
    return {
      inputs: [wanted && inputGradient(tf, inner, weights.kernel, x.shape, strides[0], padding)],
      weights: {
        kernel: kernelGradient(tf, x, inner, weights.kernel.shape, strides[0], padding),
        bias: weights.bias && sumOfRows(tf, inner),
      },
    };
  },

  // (A transposed factor of `matMul` is slow with WebAssembly; a transposed copy is not.)
  Dense(tf, layer, change, { inputs: [x], output, weights, wanted }) {
    const inner = throughActivation(tf, layer, output, change);
    return {
      inputs: [wanted && tf.matMul(inner, tf.transpose(weights.kernel))],
      weights: { kernel: tf.matMul(tf.transpose(x), inner), bias: weights.bias && sumOfRows(tf, inner) },
    };
  },

  // The normalization's own mean and variance depend on each value of the batch: the page
  // batch_normalization.
  BatchNormalization(tf, layer, change, { inputs: [x], weights, notes: { normal, scale } }) {
    const count = x.size / x.shape.at(-1);
    const rows = tf.reshape(change, normal.shape);
    const beta = sumOfRows(tf, change);
    const gamma = sumOfRows(tf, tf.reshape(tf.mul(rows, normal), x.shape));
    const ofMean = alongRows(tf, tf.div(beta, count), x);
    const ofSpread = tf.mul(normal, alongRows(tf, tf.div(gamma, count), x));
    const slope = alongRows(tf, tf.mul(weights.gamma, scale), x);
    const inner = tf.mul(tf.sub(tf.sub(rows, ofMean), ofSpread), slope);
    return { inputs: [tf.reshape(inner, x.shape)], weights: { gamma, beta } };
  },

  Activation: (tf, layer, change, { output }) => ({
    inputs: [throughActivation(tf, layer, output, change)],
  }),

  MaxPooling2D: (tf, layer, change, { inputs: [x] }) => ({
    inputs: [tf.tensor(toHighest(layer, x, change), x.shape)],
  }),

  // Each of a map's pixels has the same part in their mean.
  GlobalAveragePooling2D(tf, layer, change, { inputs: [x] }) {
    const [count, height, width, channels] = x.shape;
    const part = tf.reshape(tf.div(change, height * width), [count, 1, 1, channels]);
    return { inputs: [tf.tile(part, [1, height, width, 1])] };
  },

  Flatten: (tf, layer, change, { inputs: [x] }) => ({ inputs: [tf.reshape(change, x.shape)] }),

  Dropout: (tf, layer, change, { notes }) => ({
    inputs: [notes.mask ? tf.mul(change, notes.mask) : change],
  }),

  Add: (tf, layer, change, { inputs }) => ({ inputs: inputs.map(() => change) }),

  // Back to the pixels that were kept; the channels of zeros had no source.
  SubsampleAndPad(tf, { strides }, change, { inputs: [x] }) {
    const own = tf.slice(change, 0, [...change.shape.slice(0, 3), x.shape[3]]);
    const [, height, width] = x.shape;
    const apart = movedApart(tf, own, strides);
    const [, rows, columns] = apart.shape;
    return { inputs: [tf.pad(apart, [[0, 0], [0, height - rows], [0, width - columns], [0, 0]])] };
  },
};

// The layers that do something else while their network learns than in its answers: each returns its
// output and the notes that its gradient needs.
export const FORWARD = {
  BatchNormalization(tf, layer, [x], { gamma, beta }) {
    const count = x.size / x.shape.at(-1);
    const mean = tf.div(sumOfRows(tf, x), count);
    const centred = tf.sub(inRows(tf, x), alongRows(tf, mean, x));
    const squares = tf.reshape(tf.square(centred), x.shape);
    const variance = tf.div(sumOfRows(tf, squares), count);
    const scale = tf.rsqrt(tf.add(variance, layer.epsilon));
    const normal = tf.mul(centred, alongRows(tf, scale, x));
    const y = tf.add(tf.mul(normal, alongRows(tf, gamma, x)), alongRows(tf, beta, x));
    return { output: tf.reshape(y, x.shape), notes: { normal, scale, mean, variance } };
  },

  // Hide each value with the layer's rate and scale the others up, so that the mean stays.
  Dropout(tf, { rate }, [x], weights, random) {
    if (!rate) return { output: x, notes: {} };
    const values = Float32Array.from({ length: x.size }, () => (random() < rate ? 0 : 1 / (1 - rate)));
    const mask = tf.tensor(values, x.shape);
    return { output: tf.mul(x, mask), notes: { mask } };
  },
};

// The slopes of the activations, as functions of their output.
const SLOPES = {
  relu: (tf, y) => tf.step(y),
  sigmoid: (tf, y) => tf.mul(y, tf.sub(1, y)),
  tanh: (tf, y) => tf.sub(1, tf.square(y)),
};

function throughActivation(tf, { activation }, output, change) {
  return activation === "linear" ? change : tf.mul(change, SLOPES[activation](tf, output));
}

// A map as long rows, (N·H, W·C), over which operations are fast; and what holds one number for each
// channel, as such a row.
function inRows(tf, x) {
  return tf.reshape(x, [-1, x.shape.at(-2) * x.shape.at(-1)]);
}

function alongRows(tf, ofChannels, x) {
  return tf.tile(ofChannels, [x.shape.at(-2)]);
}

// Add up all values of each channel, (N, H, W, C) or (N, C): a product with a row of ones is the
// fastest sum here.
function sumOfRows(tf, x) {
  const channels = x.shape.at(-1);
  const sums = x.rank > 2 ? columnSums(tf, inRows(tf, x)) : x;
  return tf.reshape(columnSums(tf, tf.reshape(sums, [-1, channels])), [channels]);
}

function columnSums(tf, rows) {
  return tf.matMul(tf.ones([1, rows.shape[0]]), rows);
}

// An input's gradient collects what each kernel position passes back: a convolution with the kernel
// turned by half, of the output's gradient with its values `stride` apart.
function inputGradient(tf, change, kernel, [, ...sides], stride, padding) {
  const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
  const apart = movedApart(tf, change, stride);
  const zeros = [0, 1].map((i) => {
    const size = kernel.shape[i];
    const all = zerosAround(sides[i], change.shape[i + 1], size, stride);
    const before = size - 1 - (padding === "same" ? Math.floor(all / 2) : 0);
    return [before, sides[i] + size - 1 - before - apart.shape[i + 1]];
  });
  return tf.conv2d(tf.pad(apart, [[0, 0], ...zeros, [0, 0]]), turned, 1, "valid");
}

// Put stride − 1 rows and columns of zeros between the pixels of a map.
function movedApart(tf, x, stride) {
  if (stride === 1) return x;
  const [count, height, width, channels] = x.shape;
  const room = [[0, 0], [0, stride - 1], [0, 0], [0, (stride - 1) * channels]];
  const wide = tf.pad(tf.reshape(x, [count * height, 1, width, channels]), room);
  const spread = tf.reshape(wide, [count, height * stride, width * stride, channels]);
  const sides = [height, width].map((side) => (side - 1) * stride + 1);
  return tf.slice(spread, 0, [count, ...sides, channels]);
}

// A kernel's gradient adds up, over all positions, what the kernel saw times the output's gradient
// there. That is a convolution itself: the batch takes the place of the channels, the output's
// gradient that of the kernels, and a stride moves its taps apart.
function kernelGradient(tf, x, change, [height, width, depth, filters], stride, padding) {
  const padded = padding === "same" ? padSame(tf, x, change, [height, width], stride) : x;
  const images = tf.transpose(padded, [3, 1, 2, 0]);
  const kernels = tf.transpose(change, [1, 2, 0, 3]);
  const sums = tf.conv2d(images, kernels, 1, "valid", "NHWC", stride);
  return tf.transpose(tf.slice(sums, 0, [depth, height, width, filters]), [1, 2, 0, 3]);
}

// Add the zeros that a "same" convolution reads around its input.
function padSame(tf, x, change, sides, stride) {
  const zeros = sides.map((side, i) => {
    const all = zerosAround(x.shape[i + 1], change.shape[i + 1], side, stride);
    return [Math.floor(all / 2), Math.ceil(all / 2)];
  });
  return tf.pad(x, [[0, 0], ...zeros, [0, 0]]);
}

function zerosAround(size, windows, side, stride) {
  return Math.max((windows - 1) * stride + side - size, 0);
}

// Give each window's gradient to its first highest pixel. (TensorFlow.js' own operation, in version
// 4.22, overlooks negative pixels.)
function toHighest({ kernel, strides, padding }, x, change) {
  const [, height, width, channels] = x.shape;
  const [count, rows, columns] = change.shape;
  const pads = [height, width].map((size, i) => {
    const windows = change.shape[i + 1];
    return padding === "same" ? Math.floor(zerosAround(size, windows, kernel[i], strides[i]) / 2) : 0;
  });
  const [values, changes] = [x.dataSync(), change.dataSync()];
  const result = new Float32Array(values.length);
  let place = 0;
  for (let image = 0; image < count; image++) {
    for (let row = 0; row < rows; row++) {
      const top = row * strides[0] - pads[0];
      const [firstRow, lastRow] = [Math.max(top, 0), Math.min(top + kernel[0], height)];
      for (let column = 0; column < columns; column++) {
        const left = column * strides[1] - pads[1];
        const [firstColumn, lastColumn] = [Math.max(left, 0), Math.min(left + kernel[1], width)];
        for (let channel = 0; channel < channels; channel++) {
          let highest = -1;
          for (let y = firstRow; y < lastRow; y++) {
            for (let x = firstColumn; x < lastColumn; x++) {
              const at = ((image * height + y) * width + x) * channels + channel;
              if (highest < 0 || values[at] > values[highest]) highest = at;
            }
          }
          result[highest] += changes[place++];
        }
      }
    }
  }
  return result;
}
