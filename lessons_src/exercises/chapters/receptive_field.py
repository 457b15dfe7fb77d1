"""Exercises of chapter 04, receptive field."""

from lessons_src.exercises.exercise import Exercise


def _field(chain):
    size, jump = 1, 1
    for kernel, stride in chain:
        size += (kernel - 1) * jump
        jump *= stride
    return size


def _own_stride(chain):
    size, jump = 1, 1
    for kernel, stride in chain:
        jump *= stride
        size += (kernel - 1) * jump
    return size


def _whole_kernels(chain):
    size, jump = 0, 1
    for kernel, stride in chain:
        size += kernel * jump
        jump *= stride
    return size


def _no_strides(chain):
    return 1 + sum(kernel - 1 for kernel, _ in chain)


def _last_stride_alone(chain):
    size, jump = 1, 1
    for kernel, stride in chain:
        size += (kernel - 1) * jump
        jump = stride
    return size


EXERCISES = {
    "04/1": Exercise(
        answer=9,
        hint="One layer sees 3 pixels, two see 5. What does each further layer add?",
        mistakes=(
            (12, "That is the sum of the kernels. A layer adds k − 1 pixels, not k."),
            (8, "That is what the layers add. Before any layer a unit sees one pixel."),
            (81, "That is the area; the question is the side."),
            (7, "That is three layers."),
        ),
    ),
    "04/2": Exercise(
        answer=(19, 4),
        hint="Write size and jump after each of the three layers; each uses the jump before it.",
        mistakes=(
            ((11, 4), "That is after the pooling, or the last kernel's jump of 4 was left out."),
            ((29, 4), "A layer's size grows with the jump before it, not with its own stride."),
            ((15, 4), "The pooling has a stride, too: the last kernel's taps are 4 pixels apart."),
            ((11, 1), "That is without strides: after a stride the taps are further apart."),
            ((19, 1), "The size is right. The jump is the product of all strides so far."),
            ((19, 2), "The size is right. The jump is the product of all strides so far."),
        ),
    ),
    "04/3": Exercise(
        answer=_field,
        hint="Keep two numbers, size and jump, both 1 at first, and go through the layers.",
        mistakes=(
            (_own_stride, "You multiply the jump too early: a stride counts for later layers."),
            (_whole_kernels, "A kernel of k taps adds k − 1 jumps, and the start is one pixel."),
            (_no_strides, "You leave the strides out: after a stride the taps are further apart."),
            (
                _last_stride_alone,
                "The jump is the product of all earlier strides, not the last one.",
            ),
        ),
        cases=(
            ([(3, 1), (3, 1)],),
            ([(5, 1), (2, 2), (5, 1), (2, 2)],),
            ([(3, 2), (3, 2), (3, 1)],),
            ([(1, 2), (5, 1)],),
            ([],),
        ),
    ),
    "04/4": Exercise(
        answer=27 / 49,
        hint="How many 3×3 layers see 7 pixels? Count 9 weights per layer against 49.",
        mistakes=(
            (18 / 49, "Two 3×3 layers see 5 pixels; 7 need one more."),
            (9 / 49, "That is one 3×3 layer, which sees 3 pixels."),
            (49 / 27, "That is the other way round: the 7×7 layer's weights over the stack's."),
            (22 / 49, "That is what is saved; the question is the stack's share."),
            (0.55, "Nearly: give three digits, or let Python divide."),
        ),
    ),
    "04/5": Exercise(
        answer=6,
        hint="Compare 9 · 3C + 9 · C² with 25 · 3C, and divide both sides by C.",
        mistakes=(
            (5, "At 5 channels it is 360 against 375; one more, and the two have more."),
            (16 / 3, "That is where they would be equal; channels are whole numbers."),
            (2, "The picture has 3 channels: the first kernel of either stack has 3 channels in."),
            (3, "That is as many out as in, where it is 18 · 9 against 25 · 9."),
        ),
    ),
}
