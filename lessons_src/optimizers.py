"""Adam as the recipes use it: Keras' optimizer with a faster update."""

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
        dtype, place = variable.dtype, self._get_variable_index(variable)
        step = tf.cast(self.iterations.value + 1, dtype)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=self._momentums[place].value.handle,
            v=self._velocities[place].value.handle,
            beta1_power=tf.pow(tf.cast(self.beta_1, dtype), step),
            beta2_power=tf.pow(tf.cast(self.beta_2, dtype), step),
            lr=tf.cast(learning_rate, dtype),
            beta1=tf.cast(self.beta_1, dtype),
            beta2=tf.cast(self.beta_2, dtype),
            epsilon=tf.cast(self.epsilon, dtype),
            grad=tf.cast(gradient, dtype),
        )
