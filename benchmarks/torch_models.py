"""The book's six networks in native PyTorch, for comparing the speed of training.

They have the same layers, the same parameters and the same work a step as `lessons_src.models`. As
PyTorch's habit is, a network returns logits and its loss contains the softmax.
"""

import torch
from torch import nn


def conv_bn_act(channels, filters, side, stride=1, padding="same", bias=True):
    """Return the layers of convolution, batch normalization and ReLU, with Keras' constants."""
    if padding == "same":
        padding = side // 2
    return [
        nn.Conv2d(channels, filters, side, stride, padding, bias=bias),
        nn.BatchNorm2d(filters, eps=1e-3, momentum=0.01),
        nn.ReLU(inplace=True),
    ]


def baseline():
    """Return the baseline network of chapter six_steps."""
    return nn.Sequential(
        *conv_bn_act(3, 6, 5),
        nn.MaxPool2d(2),
        nn.Dropout(0.2),
        nn.Flatten(),
        nn.Linear(1536, 128),
        nn.ReLU(inplace=True),
        nn.Dropout(0.2),
        nn.Linear(128, 10),
    )


def lenet5():
    """Return LeNet5."""
    return nn.Sequential(
        nn.Conv2d(3, 6, 5),
        nn.Sigmoid(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.Sigmoid(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.Sigmoid(),
        nn.Linear(120, 84),
        nn.Sigmoid(),
        nn.Linear(84, 10),
    )


def alexnet8():
    """Return AlexNet8."""
    layers = [
        *conv_bn_act(3, 96, 3, padding=0),
        nn.MaxPool2d(3, 2),
        *conv_bn_act(96, 256, 3, padding=0),
        nn.MaxPool2d(3, 2),
    ]
    for channels, filters in ((256, 384), (384, 384), (384, 256)):
        layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(inplace=True)]
    layers += [nn.MaxPool2d(3, 2), nn.Flatten()]
    for inputs in (1024, 2048):
        layers += [nn.Linear(inputs, 2048), nn.ReLU(inplace=True), nn.Dropout(0.5)]
    return nn.Sequential(*layers, nn.Linear(2048, 10))


def vgg16():
    """Return VGG16."""
    layers, channels = [], 3
    for filters, convs in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(convs):
            layers += conv_bn_act(channels, filters, 3)
            channels = filters
        layers += [nn.MaxPool2d(2), nn.Dropout(0.2)]
    layers.append(nn.Flatten())
    for _ in range(2):
        layers += [nn.Linear(512, 512), nn.ReLU(inplace=True), nn.Dropout(0.2)]
    return nn.Sequential(*layers, nn.Linear(512, 10))


class Branches(nn.ModuleList):
    """Modules that look at the same map; their outputs are concatenated."""

    def forward(self, x):
        """Return (N, sum of the branches' channels, H', W')."""
        return torch.cat([branch(x) for branch in self], dim=1)


def inception_unit(channels, filters, stride):
    """Return one Inception unit, (N, 4·filters, ⌈H/stride⌉, ⌈W/stride⌉)."""
    one = conv_bn_act(channels, filters, 1, stride)
    three = conv_bn_act(channels, filters, 1, stride) + conv_bn_act(filters, filters, 3)
    five = conv_bn_act(channels, filters, 1, stride) + conv_bn_act(filters, filters, 5)
    pooled = [nn.MaxPool2d(3, 1, padding=1), *conv_bn_act(channels, filters, 1, stride)]
    return Branches([nn.Sequential(*branch) for branch in (one, three, five, pooled)])


def inception10():
    """Return Inception10."""
    return nn.Sequential(
        *conv_bn_act(3, 16, 3),
        inception_unit(16, 16, 2),
        inception_unit(64, 16, 1),
        inception_unit(64, 32, 2),
        inception_unit(128, 32, 1),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(128, 10),
    )


class Residual(nn.Module):
    """Two 3×3 convolutions and the shortcut around them."""

    def __init__(self, channels, filters, stride):
        super().__init__()
        first = conv_bn_act(channels, filters, 3, stride, bias=False)
        second = conv_bn_act(filters, filters, 3, bias=False)[:2]
        self.branch = nn.Sequential(*first, *second)
        self.shortcut = nn.Sequential()
        if (channels, stride) != (filters, 1):
            self.shortcut = nn.Sequential(
                *conv_bn_act(channels, filters, 1, stride, bias=False)[:2]
            )
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        """Return ReLU(branch + shortcut)."""
        return self.act(self.branch(x) + self.shortcut(x))


def resnet18():
    """Return ResNet18."""
    layers, channels = conv_bn_act(3, 64, 3, bias=False), 64
    for filters, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [Residual(channels, filters, stride), Residual(filters, filters, 1)]
        channels = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


MODELS = {
    "baseline": baseline,
    "lenet5": lenet5,
    "alexnet8": alexnet8,
    "vgg16": vgg16,
    "inception10": inception10,
    "resnet18": resnet18,
}


def parameters(model):
    """Return the number of parameters as Keras counts them, running statistics included."""
    running = [b for name, b in model.named_buffers() if "running_" in name]
    return sum(tensor.numel() for tensor in [*model.parameters(), *running])
