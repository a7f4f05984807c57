"""What changed in a village's list: against the version adopted before, and against the template it was taken from."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from app.access import Audience, open_to
from app.database import session
from app.differences import difference_view, item_view
from app.residents.blueprint import residents
from app.residents.places import village_or_404
from village_lists.editions.lineage import former_adoption, newer_template_version, template_of
from village_lists.editions.store import read_content
from village_lists.places.models import Place
from village_lists.powers.models import Adoption, ListVersion
from village_lists.powers.queries import adoption_of


class Against(StrEnum):
    """With what the list in force is compared."""

    FORMER = "former"
    TEMPLATE = "template"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What a village's list can be compared with, and what the page compares it with; None: with nothing."""

    village: Place
    adoption: Adoption
    former: Adoption | None
    template: ListVersion | None
    chosen: Against | None

    @property
    def other(self) -> ListVersion | None:
        """Return the version on the left."""
        if self.chosen is Against.FORMER and self.former is not None:
            return self.former.version
        return self.template if self.chosen is Against.TEMPLATE else None

    @property
    def names(self) -> dict[str, str]:
        """Return what the two versions are called above their sides."""
        if self.chosen is Against.TEMPLATE:
            before = _("模板（第 %(number)s 版）", number=self.template.number if self.template else "")
            return {"before_name": before, "after_name": _("本村的清单")}
        before = _("上一版（第 %(number)s 版）", number=self.former.version.number if self.former else "")
        return {"before_name": before, "after_name": _("现在（第 %(number)s 版）", number=self.adoption.version.number)}


@residents.get("/v/<village:village>/powers/changes")
@open_to(Audience.EVERYONE)
def list_changes(village: str) -> str:
    """Show what changed with the version adopted last, in plain words, class by class."""
    found = _comparison_or_404(village)
    view = None
    if found.other is not None:
        link = partial(url_for, village=village, against=found.chosen)
        view = difference_view(
            read_content(session(), version=found.other),
            read_content(session(), version=found.adoption.version),
            item_url=lambda code: link("residents.show_change", code=code),
            class_url=lambda key: link("residents.list_changes", group=key, _anchor=key),
            chosen=request.args.get("group", ""),
            **found.names,
        )
    newer = newer_template_version(session(), adoption=found.adoption)
    return render_template(
        "residents/list_changes.html", village=found.village, found=found, view=view, newer=newer, against=Against
    )


@residents.get("/v/<village:village>/powers/changes/<item:code>")
@open_to(Audience.EVERYONE)
def show_change(village: str, code: str) -> str:
    """Show what changed for one item: in words, field by field, on the flowcharts."""
    found = _comparison_or_404(village)
    if found.other is None:
        abort(404)
    view = item_view(
        read_content(session(), version=found.other),
        read_content(session(), version=found.adoption.version),
        code=code,
        **found.names,
    )
    if view is None:
        abort(404)
    return render_template("residents/show_change.html", village=found.village, found=found, view=view)


def _comparison_or_404(code: str) -> Comparison:
    """Return what the village's list is compared with: what the address asks for, else the former version."""
    village = village_or_404(code)
    adoption = adoption_of(session(), village=village)
    if adoption is None:
        abort(404)
    former = former_adoption(session(), village=village)
    template = template_of(session(), version=adoption.version)
    chosen = Against.FORMER if former else Against.TEMPLATE if template else None
    if request.args.get("against") == Against.TEMPLATE and template is not None:
        chosen = Against.TEMPLATE
    return Comparison(village=village, adoption=adoption, former=former, template=template, chosen=chosen)
