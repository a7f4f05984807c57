"""Who is who in two versions: members are paired by code, and by name where the code has changed."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from village_lists.editions.differences import ChangeKind

Member = TypeVar("Member")
Pairs = list[tuple[Member, Member]]


def pair_up(
    former: Iterable[Member],
    newer: Iterable[Member],
    *,
    code_of: Callable[[Member], str],
    name_of: Callable[[Member], Hashable],
) -> Pairs[Member]:
    """Return pairs (before, now) of the same member, in the order of the newer version.

    First those with the same code and name, then those whose name stands equally often on both sides, in their order
    (renumbered), then those with the same code (renamed). The rest came or went. Each way round gives the same pairs.
    """
    left, right = list(former), list(newer)
    order = {id(member): place for place, member in enumerate(right)}
    pairs: Pairs[Member] = []

    def match(key_of: Callable[[Member], Hashable]) -> None:
        nonlocal left, right
        before, now = _grouped(left, key_of), _grouped(right, key_of)
        taken: set[int] = set()
        for key, members in before.items():
            others = now.get(key, [])
            if len(members) != len(others):
                continue
            pairs.extend(zip(members, others, strict=True))
            taken.update(id(member) for member in (*members, *others))
        left = [member for member in left if id(member) not in taken]
        right = [member for member in right if id(member) not in taken]

    match(lambda member: (code_of(member), name_of(member)))
    match(name_of)
    match(code_of)
    return sorted(pairs, key=lambda pair: order[id(pair[1])])


def _grouped(members: Sequence[Member], key_of: Callable[[Member], Hashable]) -> dict[Hashable, list[Member]]:
    groups: defaultdict[Hashable, list[Member]] = defaultdict(list)
    for member in members:
        groups[key_of(member)].append(member)
    return groups


@dataclass(frozen=True)
class Row(Generic[Member]):
    """A member of either content: as it stood (in today's codes), as it stands, and its two codes."""

    old: Member | None
    new: Member | None
    former_code: str
    code: str

    @property
    def kind(self) -> ChangeKind:
        """What happened to it, at most."""
        if self.old is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.new is None else ChangeKind.CHANGED


class Matched(Generic[Member]):
    """One subject of both contents: pairs in the newer order, what came and went, and today's code of a former one."""

    def __init__(
        self,
        former: Sequence[Member],
        newer: Sequence[Member],
        code_of: Callable[[Member], str],
        name_of: Callable[[Member], str],
    ) -> None:
        self.code_of, self.name_of = code_of, name_of
        self.pairs = pair_up(former, newer, code_of=code_of, name_of=name_of)
        stayed = {id(member) for pair in self.pairs for member in pair}
        self.removed = [record for record in former if id(record) not in stayed]
        self.added = [record for record in newer if id(record) not in stayed]
        self.codes = {code_of(old): code_of(new) for old, new in self.pairs}
        taken = {code_of(record) for record in newer}
        for record in self.removed:
            code = code_of(record)
            # A code that now belongs to another member must not be taken for it.
            self.codes.setdefault(code, f"{code}（原）" if code in taken else code)
        place = {id(record): number for number, record in enumerate(former)}
        self.places = [place[id(old)] for old, _new in self.pairs]

    def rows(self, newer: Sequence[Member], carried: Callable[[Member], Member]) -> Iterator["Row[Member]"]:
        """Yield all members in the newer order, then those that went; `carried` puts one into today's codes."""
        before = {id(new): old for old, new in self.pairs}
        for new in newer:
            old = before.get(id(new))
            code = self.code_of(new)
            yield Row(carried(old) if old else None, new, self.code_of(old) if old else "", code)
        for old in self.removed:
            yield Row(carried(old), None, self.code_of(old), self.code_of(old))

    @property
    def is_reordered(self) -> bool:
        """Whether the lasting members stand in another order."""
        return self.places != sorted(self.places)


def moved_of(former: Sequence[Hashable], newer: Sequence[Hashable]) -> set[Hashable]:
    """Return the fewest members that must move to turn one order into the other; both hold the same members.

    The answer is the same both ways round.
    """
    if list(former) == list(newer):
        return set()
    # One way round is chosen by the members alone, so that ties fall alike.
    first, second = sorted((list(former), list(newer)), key=lambda order: [str(member) for member in order])
    place = {member: number for number, member in enumerate(second)}
    chains: list[list[Hashable]] = []
    for index, member in enumerate(first):
        longest: list[Hashable] = []
        for earlier in range(index):
            if place[first[earlier]] < place[member] and len(chains[earlier]) > len(longest):
                longest = chains[earlier]
        chains.append([*longest, member])
    kept = next(chain for chain in chains if len(chain) == max(len(other) for other in chains))
    return set(first) - set(kept)
