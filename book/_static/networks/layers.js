// What each kind of layer computes, as lessons_src/page_networks/graph.py describes the layer: a
// function of TensorFlow.js, the layer, the maps that it reads, and its weights by name. `training`
// is falsy where a trained network answers. While it learns it is true, or an object: `seed`, a
// number, makes dropout's draw repeatable, and `statistics`, a Map, receives what each batch
// normalization found in the batch.

const ACTIVATIONS = {
  linear: (tf, x) => x,
  relu: (tf, x) => tf.relu(x),
  sigmoid: (tf, x) => tf.sigmoid(x),
  tanh: (tf, x) => tf.tanh(x),
  softmax: (tf, x) => tf.softmax(x),
};

export const LAYERS = {
  Conv2D: convolution,
  PatchWhitening: convolution,
  BatchNormalization: normalization,
  FrozenBatchNormalization: (tf, layer, inputs, weights) =>
    normalization(tf, layer, inputs, weights, false),
  Activation: (tf, layer, [x]) => activated(tf, layer, x),
  MaxPooling2D: (tf, layer, [x]) => tf.maxPool(x, layer.kernel, layer.strides, layer.padding),
  AveragePooling2D: (tf, layer, [x]) => tf.avgPool(x, layer.kernel, layer.strides, layer.padding),
  GlobalMaxPooling2D: (tf, layer, [x]) => tf.max(x, [1, 2]),
  GlobalAveragePooling2D: (tf, layer, [x]) => tf.mean(x, [1, 2]),
  Flatten: (tf, layer, [x]) => tf.reshape(x, [x.shape[0], -1]),
  Dense: (tf, layer, [x], { kernel, bias }) =>
    activated(tf, layer, withBias(tf, tf.matMul(x, kernel), bias)),
  Dropout: (tf, layer, [x], weights, training) =>
    training ? tf.dropout(x, layer.rate, null, seedFor(layer, training)) : x,
  Rescaling: (tf, layer, [x]) => tf.add(tf.mul(x, layer.scale), layer.offset),
  Softmax: (tf, layer, [x]) => tf.softmax(x),
  Add: (tf, layer, inputs) => inputs.reduce((sum, x) => tf.add(sum, x)),
  Concatenate: (tf, layer, inputs) => tf.concat(inputs, -1),
  SubsampleAndPad: subsampled,
};

function convolution(tf, layer, [x], { kernel, bias }) {
  const { strides, padding, dilation } = layer;
  const y = tf.conv2d(x, kernel, strides, padding, "NHWC", dilation);
  return activated(tf, layer, withBias(tf, y, bias));
}

function activated(tf, layer, x) {
  return ACTIVATIONS[layer.activation](tf, x);
}

function withBias(tf, x, bias) {
  return bias ? tf.add(x, bias) : x;
}

// By the batch's own mean and variance while a network learns, by the running ones when it answers.
function normalization(tf, layer, [x], weights, training) {
  let [mean, variance] = [weights.moving_mean, weights.moving_variance];
  if (training) {
    ({ mean, variance } = tf.moments(x, [...x.shape.keys()].slice(0, -1)));
    training.statistics?.set(layer.name, { mean, variance });
  }
  return tf.batchNorm(x, mean, variance, weights.beta, weights.gamma, layer.epsilon);
}

// Keep some pixels and append channels of zeros, by a 1×1 convolution that copies channels: it has
// the gradient that slicing with strides lacks.
function subsampled(tf, layer, [x]) {
  const channels = x.shape[3];
  const copies = tf.eye(channels, layer.channels);
  const kernel = tf.reshape(copies, [1, 1, channels, layer.channels]);
  return tf.conv2d(x, kernel, layer.strides, "valid");
}

// Each dropout of a network draws for itself.
function seedFor(layer, { seed }) {
  return seed === undefined ? undefined : `${seed} ${layer.name}`;
}
