"""Colours of a chart by meaning; the same tokens as the pages."""

from dataclasses import dataclass

from village_lists.flowcharts.chart import Tone


@dataclass(frozen=True, kw_only=True)
class Palette:
    """A colour for each tone, for symbols and for frames; any SVG colour, also currentColor."""

    ink: str
    ink_2: str
    accent: str
    on_accent: str
    good: str
    late: str
    missing: str
    line: str
    card: str
    symbol_fill: str
    symbol_line: str
    shade: str = ""
    """The fill of a symbol that is done, where symbols are outlines; empty where they are filled anyway."""

    def of(self, tone: Tone) -> str:
        """Return the colour of a tone."""
        colour: str = getattr(self, tone)
        return colour


LIGHT = Palette(
    ink="#1a1a1a",
    ink_2="#4d4d4d",
    accent="#1f5f8b",
    on_accent="#ffffff",
    good="#2e6b3f",
    late="#8a5a00",
    missing="#b3261e",
    line="#dedcd6",
    card="#ffffff",
    symbol_fill="#1f5f8b",
    symbol_line="#1f5f8b",
)
DARK = Palette(
    ink="#ededea",
    ink_2="#c2c1bc",
    accent="#8cc4ea",
    on_accent="#10202c",
    good="#8fd0a0",
    late="#e6b860",
    missing="#ff9d94",
    line="#4a4a46",
    card="#242422",
    symbol_fill="#8cc4ea",
    symbol_line="#8cc4ea",
)
PAPER = Palette(
    ink="#1a1a1a",
    ink_2="#333333",
    accent="#1a1a1a",
    on_accent="#1a1a1a",
    good="#2e6b3f",
    late="#6b4500",
    missing="#b3261e",
    line="#6b6b6b",
    card="#ffffff",
    symbol_fill="#ffffff",
    symbol_line="#1a1a1a",
    shade="#e4e4e4",
)
"""For print: outlines in black on white, so that a black-and-white copy loses nothing."""
