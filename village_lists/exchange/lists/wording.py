"""Brings the words of a sheet into one spelling, and cuts what a clerk writes into one cell into lines."""

import re
import unicodedata

# Numbering before the parts of one cell: 1. 1、 1） （1） ①; a figure such as 3.5 is none.
_NUMBERING = re.compile(r"(?:(?<=[\s；;。])|^)(?:\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳])\s*")
_DIGITS = {sign: str(number) for number, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}


def spelled(text: str) -> str:
    """Return text in half width, small letters, without blanks and asterisks: "＊事项　名称" -> "事项名称"."""
    return re.sub(r"[\s*:]+", "", unicodedata.normalize("NFKC", text)).lower()


def without_brackets(text: str) -> str:
    """Return spelled text without what stands in brackets."""
    return re.sub(r"[(\[【][^)\]】]*[)\]】]", "", text)


def tidied(text: str) -> str:
    """Return text as it is kept: line breaks of any program as one sign, nothing blank at either end."""
    return re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text).strip()


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, each stripped."""
    return tuple(line.strip() for line in tidied(text).split("\n") if line.strip())


def parts_of(text: str, separators: str) -> tuple[str, ...]:
    """Return what a clerk listed in one cell: by numbers if it is numbered, else by lines and these separators."""
    numbered = numbered_parts(text)
    if numbered:
        return numbered
    cut = re.split(f"[\n{re.escape(separators)}]", tidied(text))
    return tuple(part.strip() for part in cut if part.strip())


def numbered_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a text that opens with a number (1. 1、 （1） ①), without numbers; empty if it does not."""
    text = tidied(text)
    if not _NUMBERING.match(text):
        return ()
    return tuple(part.strip(" \t\n；;。") for part in _NUMBERING.split(text) if part.strip(" \t\n；;。"))


def whole_number(text: str) -> int | None:
    """Return a whole number in digits of any width or in Chinese numerals up to 99, or None."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return int(text)
    if not text or set(text) - set(_DIGITS) - {"十"}:
        return None
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(_DIGITS[text]) if len(text) == 1 else None
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))
