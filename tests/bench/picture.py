"""Results as pictures, in SVG or PNG: bars of contenders, lines over a size."""

from collections.abc import Mapping, Sequence

from tests.bench.figures import FOLDER

OWN = "#9a3412"
OTHERS = "#94a3b8"


def draw_bars(
    name: str, title: str, panels: Mapping[str, Mapping[str, float]], kind: str = "svg"
) -> None:
    """Write `deploy/benchmarks/NAME.svg`; copydesk's bars stand out.

    Args:
        panels: by the measure's name, its value for each contender; the first panel's order holds.
        kind: "svg", or "png" for a picture of many panels.
    """
    import matplotlib as mpl

    mpl.use("svg" if kind == "svg" else "agg")
    mpl.rcParams["svg.hashsalt"] = name  # the same figures make the same file
    from matplotlib import pyplot as plt

    contenders = list(next(iter(panels.values())))[::-1]
    height = 1.2 + 0.36 * len(contenders)
    figure, axes = plt.subplots(
        1, len(panels), figsize=(4.2 * len(panels) + 2, height), sharey=True, squeeze=False
    )
    for axis, (measure, values) in zip(axes[0], panels.items(), strict=True):
        numbers = [values[contender] for contender in contenders]
        colours = [OWN if "copydesk" in contender else OTHERS for contender in contenders]
        bars = axis.barh(contenders, numbers, color=colours, height=0.7)
        axis.bar_label(bars, [f"{number:.3g}" for number in numbers], padding=3, fontsize=8)
        axis.set_title(measure, fontsize=9, loc="left")
        axis.margins(x=0.15)
        axis.spines[["top", "right"]].set_visible(False)
        axis.tick_params(labelsize=8)
    figure.suptitle(title, fontsize=11, x=0.01, ha="left")
    figure.tight_layout()
    FOLDER.mkdir(exist_ok=True)
    unstamped = {"Date" if kind == "svg" else "Software": None}
    figure.savefig(FOLDER / f"{name}.{kind}", metadata=unstamped)
    plt.close(figure)


def draw_lines(
    name: str, title: str, across: str, sizes: Sequence[int], lines: Mapping[str, Sequence[float]]
) -> None:
    """Write `deploy/benchmarks/NAME.svg`; sizes grow by factors.

    Args:
        across: what the sizes are.
        lines: by name, a value for each size.
    """
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = name
    from matplotlib import pyplot as plt

    figure, axis = plt.subplots(figsize=(7, 3.6))
    for (label, values), colour in zip(lines.items(), (OWN, OTHERS, "#475569"), strict=False):
        axis.plot(sizes, values, marker="o", color=colour, label=label)
    axis.set_xscale("log")
    axis.set_ylim(bottom=0)
    axis.set_xlabel(across, fontsize=9)
    axis.set_xticks(sizes, [f"{size:,}" for size in sizes], fontsize=8)
    axis.minorticks_off()
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=8)
    axis.set_title(title, fontsize=11, loc="left")
    figure.tight_layout()
    FOLDER.mkdir(exist_ok=True)
    figure.savefig(FOLDER / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)
