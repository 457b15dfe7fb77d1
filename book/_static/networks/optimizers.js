// What an optimizer does with a gradient g: each function returns the weight after the step. `memory`
// is what it keeps for this weight, `t` counts the steps from 1. The numbers that are not the
// reader's are Keras' defaults.

const MOMENTUM = 0.9; // which Keras leaves to its user; chapter six_steps takes this one
const MEAN = 0.9;
const SQUARE = 0.999;
const TINY = 1e-7;

export const OPTIMIZERS = {
  SGD: (tf, weight, g, rate) => tf.sub(weight, tf.mul(g, rate)),

  momentum: (tf, weight, g, rate, memory) => {
    const before = tf.mul(memory.speed ?? tf.zerosLike(g), MOMENTUM);
    return tf.add(weight, keep(tf, memory, "speed", tf.sub(before, tf.mul(g, rate))));
  },

  Adam: (tf, weight, g, rate, memory, t) => {
    const mean = follow(tf, memory, "mean", g, MEAN);
    const square = follow(tf, memory, "square", tf.square(g), SQUARE);
    const corrected = (rate * Math.sqrt(1 - SQUARE ** t)) / (1 - MEAN ** t);
    return tf.sub(weight, tf.div(tf.mul(mean, corrected), tf.add(tf.sqrt(square), TINY)));
  },
};

// Move a running mean towards a value.
function follow(tf, memory, name, value, kept) {
  const before = memory[name] ?? tf.zerosLike(value);
  return keep(tf, memory, name, tf.add(before, tf.mul(tf.sub(value, before), 1 - kept)));
}

function keep(tf, memory, name, tensor) {
  memory[name]?.dispose();
  memory[name] = tf.keep(tensor);
  return tensor;
}
