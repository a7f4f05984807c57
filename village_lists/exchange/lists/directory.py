"""Who is meant: a subject named in a cell by its code or by its name."""

from collections.abc import Iterable

from village_lists.exchange.lists.findings import Findings
from village_lists.exchange.lists.tables import Entry
from village_lists.exchange.lists.wording import spelled
from village_lists.markers import N_


class Directory:
    """Codes and names of one kind of subject (`kind` names it for people: 事项)."""

    def __init__(self, kind: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Take pairs of code and name."""
        self.kind = kind
        self.names: dict[str, str] = {}
        self._codes: dict[str, list[str]] = {}
        for code, name in pairs:
            self.add(code, name)

    def add(self, code: str, name: str) -> None:
        """Enter one more."""
        self.names.setdefault(code, name)
        if spelled(name) and code not in self._codes.setdefault(spelled(name), []):
            self._codes[spelled(name)].append(code)

    def meant(self, text: str) -> list[str]:
        """Return the codes that a text may mean: the one that is written so, else all of this name."""
        if text in self.names:
            return [text]
        return list(self._codes.get(spelled(text), ()))

    def find(self, entry: Entry, beside: Entry, findings: Findings) -> str:
        """Return the code that a cell names, or the cell with the name beside it where it is empty.

        Tell where nothing stands, where there is no such subject, and where the name fits several; then return "".
        """
        named = entry if entry else beside
        codes = self.meant(named.text) if named else []
        if len(codes) == 1:
            return codes[0]
        if not named:
            findings.tell(entry.spot, N_("没有写是哪个%(kind)s"), kind=self.kind)
        elif codes:
            words = N_("叫「%(found)s」的%(kind)s不止一个，请写编号")
            findings.tell(named.spot, words, found=named.text, kind=self.kind)
        else:
            words = N_("没有「%(found)s」这个%(kind)s")
            findings.tell(named.spot, words, found=named.text, kind=self.kind)
        return ""
