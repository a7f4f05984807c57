"""Words for people: `update` collects them into the catalogs, `check` says where the catalogs lag behind; `make words`.

The source strings are Chinese and need no catalog; every other language must be complete.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "app" / "translations"
LANGUAGES = ("en",)
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
WIDTH = 120
HEADER = "# The words of Mingbai for people; `make words` collects them. What msgstr leaves empty is to translate."


def collected() -> Catalog:
    """Return the words of code and templates, each with the files it stands in."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    words = Catalog(charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=("WORDS:",), strip_comment_tags=True
    )
    for file, line, ids, comments, context in found:
        words.add(ids, locations=[(file, line)], auto_comments=comments, context=context)
    return words


def update() -> None:
    """Write the words of the program into each catalog and compile it; new ones wait there for their translation."""
    words = collected()
    for language in LANGUAGES:
        kept = catalog(language)
        collected_at = kept.creation_date
        kept.update(words, no_fuzzy_matching=True)
        kept.obsolete.clear()
        kept.creation_date = collected_at
        file = catalog_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            # Files without lines: a catalog changes when the words do, not when code moves.
            write_po(stream, kept, width=WIDTH, sort_by_file=True, include_lineno=False)
        with file.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, kept)
        missing = sum(1 for message in kept if message.id and not is_translated(message))
        print(f"{language}: {len(kept)} sentences, {missing} to translate")


def problems() -> Iterator[str]:
    """Say what each catalog lacks, has too much, leaves untranslated, or fills with other gaps than the source."""
    wanted = {(message.id, message.context) for message in collected() if message.id}
    for language in LANGUAGES:
        kept = catalog(language)
        here = {(message.id, message.context) for message in kept if message.id}
        yield from (f"{language}: not collected yet: {words}" for words, _context in sorted(wanted - here, key=str))
        yield from (f"{language}: no longer said: {words}" for words, _context in sorted(here - wanted, key=str))
        for message in kept:
            if message.id and (not is_translated(message) or message.fuzzy):
                yield f"{language}: not translated: {message.id}"
            elif message.id:
                yield from (f"{language}: {message.id}: {fault}" for fault in message.check())


def catalog(language: str) -> Catalog:
    """Return the kept catalog of a language, empty when there is none."""
    file = catalog_file(language)
    if not file.exists():
        return Catalog(locale=language, header_comment=HEADER, project="Mingbai", charset="utf-8", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def catalog_file(language: str) -> Path:
    """Return where the catalog of a language is kept."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def is_translated(message: Message) -> bool:
    """Return whether every form of the message has words."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(forms)


def main() -> int:
    """Do what the first argument says; return 1 when the check found something."""
    match sys.argv[1:]:
        case ["update"]:
            update()
            return 0
        case ["check"]:
            found = list(problems())
            print("\n".join(found) if found else "The catalogs are fresh and complete.")
            return 1 if found else 0
    print("scripts.words knows update and check", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
