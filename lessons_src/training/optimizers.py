"""The recipes' optimizers: Keras', Adam's with a faster update; and Muon for convolutions."""

from collections.abc import Callable

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable("lessons_src")
class Adam(keras.optimizers.Adam):
    """Keras' Adam, which updates a variable and its two moments by one operation.

    Keras computes the update in ten operations, each of which reads and writes arrays as large as
    the variable. Variables, arguments and results are those of Keras' optimizer.

    Source: Kingma and Ba, Adam, 2015, algorithm 1 with the order of computation of section 2.
    """

    def update_step(self, gradient, variable, learning_rate):
        """Update one variable; on several devices, or sparsely, as Keras does."""
        if (
            self.amsgrad
            or isinstance(gradient, tf.IndexedSlices)
            or self._distribution_strategy.num_replicas_in_sync > 1
        ):
            super().update_step(gradient, variable, learning_rate)
            return
        dtype, index = variable.dtype, self._get_variable_index(variable)
        step = tf.cast(self.iterations.value + 1, dtype)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=self._momentums[index].value.handle,
            v=self._velocities[index].value.handle,
            beta1_power=tf.pow(tf.cast(self.beta_1, dtype), step),
            beta2_power=tf.pow(tf.cast(self.beta_2, dtype), step),
            lr=tf.cast(learning_rate, dtype),
            beta1=tf.cast(self.beta_1, dtype),
            beta2=tf.cast(self.beta_2, dtype),
            epsilon=tf.cast(self.epsilon, dtype),
            grad=tf.cast(gradient, dtype),
        )


@keras.saving.register_keras_serializable("lessons_src")
class Muon(keras.optimizers.SGD):
    """SGD with Nesterov's momentum that moves a convolution's kernels along many directions alike.

    The kernels, (k, k, channels, filters), are a matrix of as many rows as there are filters. A few
    directions of this matrix hold most of its gradient, and SGD moves it along these. Muon gives
    all but the shortest of them about the same length. As batch normalization cancels the kernels'
    size, they are brought back to the same one before each step, which makes a step's relative
    length about `kernel_rate` times the rate; a weight decay does nothing to them. All other
    variables are trained by SGD.

    Keras' own Muon knows matrices alone: it trains a kernel of any other number of dimensions, and
    so every convolution, by AdamW.

    Args:
        learning_rate: SGD's.
        momentum: SGD's, above 0.
        kernel_rate: Rate of the kernels as a part of SGD's.
        kernel_momentum: Momentum of the kernels.
        nesterov: Whether SGD's momentum is Nesterov's; the kernels' always is.
        **options: Those of Keras' SGD.

    Source: Jordan et al., Muon: An Optimizer for Hidden Layers in Neural Networks, 2024.
    """

    def __init__(
        self,
        learning_rate=0.75,
        momentum=0.85,
        kernel_rate=0.16,
        kernel_momentum=0.6,
        nesterov=True,
        **options,
    ):
        super().__init__(learning_rate, momentum, nesterov, **options)
        self.kernel_rate, self.kernel_momentum = kernel_rate, kernel_momentum

    def update_step(self, gradient, variable, learning_rate):
        """Update one variable."""
        if len(variable.shape) != 4:
            super().update_step(gradient, variable, learning_rate)
            return
        momentum = self.momentums[self._get_variable_index(variable)]
        momentum.assign(self.kernel_momentum * momentum + gradient)
        ahead = self.kernel_momentum * momentum + gradient
        filters = variable.shape[-1]
        update = tf.transpose(orthogonalized(tf.transpose(tf.reshape(ahead, (-1, filters)))))
        kernels = tf.convert_to_tensor(variable)
        kernels *= filters**0.5 / tf.norm(kernels)
        rate = self.kernel_rate * tf.cast(learning_rate, variable.dtype)
        self.assign(variable, kernels - rate * tf.reshape(update, variable.shape))

    def get_config(self):
        """Return the constructor's arguments."""
        own = {"kernel_rate": self.kernel_rate, "kernel_momentum": self.kernel_momentum}
        return {**super().get_config(), **own}


def orthogonalized(matrix: tf.Tensor, steps: int = 3) -> tf.Tensor:
    """Bring a matrix's singular values near 1 and keep its directions: U S Vᵀ becomes about U Vᵀ.

    A polynomial that lifts small numbers and holds large ones near 1 is applied to the singular
    values, which takes products of matrices and no decomposition.

    Args:
        matrix: (rows, columns), rows no more than columns.
        steps: How often the polynomial is applied. Three bring singular values above
            a fiftieth of the matrix's norm to 0.7–1.2 and leave smaller ones shorter.

    Source: Jordan et al., Muon, 2024, with their coefficients.
    """
    x = matrix / (tf.norm(matrix) + 1e-7)
    for _ in range(steps):
        gram = x @ tf.transpose(x)
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return x


def adam(rate, momentum: float, weight_decay: float | None) -> keras.optimizers.Optimizer:
    """Return Adam with Keras' defaults, whatever the momentum."""
    return Adam(rate, weight_decay=weight_decay)


def sgd(rate, momentum: float, weight_decay: float | None) -> keras.optimizers.Optimizer:
    """Return SGD with Nesterov's momentum."""
    return keras.optimizers.SGD(rate, momentum, nesterov=True, weight_decay=weight_decay)


def rmsprop(rate, momentum: float, weight_decay: float | None) -> keras.optimizers.Optimizer:
    """Return RMSprop with Keras' defaults, whatever the momentum."""
    return keras.optimizers.RMSprop(rate, weight_decay=weight_decay)


def muon(rate, momentum: float, weight_decay: float | None) -> keras.optimizers.Optimizer:
    """Return Muon, whose momentum is that of all but the kernels of convolutions."""
    return Muon(rate, momentum, weight_decay=weight_decay)


# By name, a function from a learning rate or schedule, a momentum and a weight decay.
OPTIMIZERS: dict[str, Callable[..., keras.optimizers.Optimizer]] = {
    "adam": adam,
    "sgd": sgd,
    "rmsprop": rmsprop,
    "muon": muon,
}
