"""The colours and faces of drawings that stand on a page: those of the page itself."""

from village_lists.flowcharts.palette import Palette

# The tokens of the style sheet, so that a drawing turns dark with its page.
TOKENS = Palette(
    ink="var(--ink)",
    ink_2="var(--ink-2)",
    accent="var(--village)",
    on_accent="var(--card)",
    good="var(--good)",
    late="var(--late)",
    missing="var(--missing)",
    line="var(--line)",
    card="var(--card)",
    symbol_fill="var(--village)",
    symbol_line="var(--village)",
)
FONTS = "inherit"
