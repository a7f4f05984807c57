"""Taking an imported content over a version: a draft is replaced, a published list gets its next version."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.county.imports import Shown
from village_lists.editions.actions import make_version, replace_content
from village_lists.editions.plain import digest_of
from village_lists.editions.store import read_content
from village_lists.errors import Stale
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.powers.models import ListDeedKind, ListVersion, VersionState


def replace_or_begin(
    session: Session, *, version: ListVersion, shown: Shown, made: list[int], by: Person, now: datetime
) -> None:
    """Take what was shown; the number of the version that has it now is added to `made`.

    Raise Stale where the version no longer says what it was compared with; taken a second time it changes nothing.
    """
    current = read_content(session, version=version)
    if current == shown.content and version.state is VersionState.DRAFT:
        made.append(version.number)
        return
    if digest_of(current) != shown.against:
        raise Stale(N_("看的时候清单又被改过，请看看现在的不同再采用"))
    if version.state is VersionState.DRAFT:
        replace_content(session, version=version, content=shown.content, by=by, now=now)
        made.append(version.number)
        return
    power_list = version.power_list
    begun = make_version(
        session,
        place=power_list.place,
        slug=power_list.slug,
        content=shown.content,
        by=by,
        now=now,
        deed=ListDeedKind.IMPORT,
    )
    made.append(begun.number)
