// What each kind of layer of a trained network computes, as lessons_src/page_networks/graph.py
// describes the layer: a function of TensorFlow.js, the layer, the maps that it reads, and its
// weights by name.

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
  FrozenBatchNormalization: normalization,
  Activation: (tf, layer, [x]) => activated(tf, layer, x),
  MaxPooling2D: (tf, layer, [x]) => tf.maxPool(x, layer.kernel, layer.strides, layer.padding),
  AveragePooling2D: (tf, layer, [x]) => tf.avgPool(x, layer.kernel, layer.strides, layer.padding),
  GlobalMaxPooling2D: (tf, layer, [x]) => tf.max(x, [1, 2]),
  GlobalAveragePooling2D: (tf, layer, [x]) => tf.mean(x, [1, 2]),
  Flatten: (tf, layer, [x]) => tf.reshape(x, [x.shape[0], -1]),
  Dense: (tf, layer, [x], { kernel, bias }) =>
    activated(tf, layer, withBias(tf, tf.matMul(x, kernel), bias)),
  Dropout: (tf, layer, [x]) => x, // it hides values only while a network learns
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

function normalization(tf, layer, [x], { moving_mean, moving_variance, beta, gamma }) {
  return tf.batchNorm(x, moving_mean, moving_variance, beta, gamma, layer.epsilon);
}

// Keep every `strides`-th row and column, and append channels of zeros.
function subsampled(tf, { strides, channels }, [x]) {
  const kept = tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, strides, strides, 1]);
  return tf.pad(kept, [[0, 0], [0, 0], [0, 0], [0, channels - x.shape[3]]]);
}
