"""A first layer that is computed from the images instead of trained: patch whitening."""

import keras
import numpy as np
from keras import layers

PATCHES_OF = 5_000  # images; their patches, about a thousand each, are plenty for the statistics


@keras.saving.register_keras_serializable("lessons_src")
class PatchWhitening(layers.Conv2D):
    """Convolution whose kernels decorrelate the pixels of a patch, each with its negative.

    Neighbouring pixels are much alike, and a network spends its first epochs on learning their
    differences. `adapt` computes these: along the eigenvectors of the patches' covariance, each
    scaled to variance 1, so that faint differences count as much as brightness. Nothing is trained.

    Args:
        filters: Kernels; twice as many as a patch has values, since each comes with its negative.
        kernel_size: Side of the patches in pixels.
        noise: Variance added before scaling, in squared pixels of 0–1; without it the layer would
            blow up the noise of directions in which patches hardly differ.
        **options: Those of `Conv2D`.

    Source: Page, How to Train Your ResNet 8: Bag of Tricks, 2019; Jordan, 94% on CIFAR-10 in 3.29
    Seconds on a Single GPU, 2024, section 3.1, for the negatives.
    """

    def __init__(self, filters: int, kernel_size: int, noise: float = 1e-3, **options):
        super().__init__(filters, kernel_size, **{"trainable": False, **options})
        self.noise = noise

    def adapt(self, images: np.ndarray) -> None:
        """Compute kernels and biases from images.

        Args:
            images: (N, H, W, C), pixels in 0–1; the first 5,000 are used.

        Raises:
            ValueError: If the layer's filters are not twice the values of a patch.
        """
        height, width = self.kernel_size
        values = height * width * images.shape[-1]
        if self.filters != 2 * values:
            raise ValueError(f"{self.name} needs {2 * values} filters, not {self.filters}")
        if not self.built:
            self.build((None, *images.shape[1:]))
        windows = np.lib.stride_tricks.sliding_window_view(
            images[:PATCHES_OF], self.kernel_size, axis=(1, 2)
        )  # (N, H', W', C, height, width)
        patches = windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, values)
        mean = patches.mean(axis=0, dtype=np.float64)
        covariance = np.cov(patches, rowvar=False)
        variances, directions = np.linalg.eigh(covariance)
        kernels = directions / np.sqrt(variances + self.noise)  # (values, values), one per column
        kernels = np.concatenate([kernels, -kernels], axis=1)
        shape = (height, width, images.shape[-1], self.filters)
        self.set_weights([kernels.reshape(shape), -mean @ kernels])

    def get_config(self):
        """Return the constructor's arguments."""
        return {**super().get_config(), "noise": self.noise}
