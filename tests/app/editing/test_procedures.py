"""The form of a procedure says what is stored, and reads back as what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.editing.joins import blank_graph
from app.editing.procedures import FIELDS, ProcedureForm, filled_procedure, pressed, sent_procedure
from village_lists.editions.contents import ProcedureContent
from village_lists.errors import Refusal
from village_lists.flowcharts.graph import NodeKind
from village_lists.library.actions import library_lists, template_content
from village_lists.powers.rules import graph_problems

CONTENTS = [one for each in library_lists() for one in template_content(each.slug).procedures]
BLANK = ProcedureContent(slug="p1", title="修路", graph=blank_graph("修路", start="开始", end="结束"))


def sent(form: ProcedureForm) -> MultiDict[str, str]:
    """Return what a browser would send of the form."""
    found: MultiDict[str, str] = MultiDict({"title": form.title})
    for step in form.steps:
        found.add("key", step.key)
        found.add(f"{step.key}.kind", step.kind)
        for name in FIELDS:
            found.add(f"{step.key}.{name}", step.values[name])
        for row in step.rows:
            found.add(f"{step.key}.label", row.label)
            found.add(f"{step.key}.to", row.target)
    return found


def label(number: int) -> str:
    """Name an exit."""
    return f"出口 {number}"


@given(st.sampled_from(CONTENTS))
def test_what_is_shown_reads_back_as_what_is_stored(content):
    back = sent_procedure(sent(filled_procedure(content)), slug=content.slug).content
    assert back is not None
    assert back.graph.nodes == content.graph.nodes
    assert set(back.graph.edges) == set(content.graph.edges)
    assert back.title == content.title


@given(st.sampled_from(CONTENTS), st.integers(0, 40), st.sampled_from(("add", "up", "down", "save", "exit")))
def test_a_button_keeps_a_graph_of_the_library_well_formed(content, place, deed):
    key = content.graph.nodes[place % len(content.graph.nodes)].key
    try:
        done = pressed(content.graph, f"{deed}:{key}", exit_label=label)
    except Refusal:
        return
    assert not graph_problems(done.graph)
    assert done.at in {node.key for node in done.graph.nodes}
    places = [[node.key for node in done.graph.nodes].index(edge.source) for edge in done.graph.edges]
    assert places == sorted(places), "as they are stored"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("s2.limit_days", "三"),
        ("s2.limit_days", "0"),
        ("s2.posting_days", "1.5"),
        ("s2.title", "长" * 121),
        ("s2.kind", "jump"),
        ("s2.to", "s9"),
        ("title", " "),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(name, typed):
    form = sent(filled_procedure(BLANK))
    form[name] = typed
    found = sent_procedure(form, slug="p1")
    assert found.content is None
    assert name in found.mistakes


def test_a_posting_says_what():
    form = sent(filled_procedure(BLANK))
    form["s2.posting_days"] = "5"
    found = sent_procedure(form, slug="p1")
    assert "s2.posting_what" in found.mistakes
    assert found.steps[1].values["posting_days"] == "5", "nothing typed is lost"


def test_an_exit_with_a_name_leads_somewhere():
    form = sent(filled_procedure(BLANK))
    form["s2.kind"] = "decision"
    form.setlist("s2.label", ["同意", "不同意"])
    form.setlist("s2.to", ["s3", ""])
    assert "s2.to" in sent_procedure(form, slug="p1").mistakes


def test_an_end_lets_its_arrows_go():
    form = sent(filled_procedure(BLANK))
    form["s2.kind"] = "end"
    found = sent_procedure(form, slug="p1").content
    assert found is not None
    assert [edge for edge in found.graph.edges if edge.source == "s2"] == []


def test_strange_keys_are_left_out():
    form = sent(filled_procedure(BLANK))
    form.add("key", "<script>")
    form.add("key", "s1")
    assert [step.key for step in sent_procedure(form, slug="p1").steps] == ["s1", "s2", "s3"]


def test_a_decision_offers_a_spare_row_and_a_step_does_not():
    form = sent(filled_procedure(BLANK))
    form["s2.kind"] = NodeKind.DECISION.value
    steps = sent_procedure(form, slug="p1").steps
    assert [len(step.rows) for step in steps] == [1, 2, 1]


def test_the_eye_rests_on_the_new_step():
    assert pressed(BLANK.graph, "add:s2", exit_label=label).at == "s4"
    assert pressed(BLANK.graph, "delete:s2", exit_label=label).at == "s1"
    assert pressed(BLANK.graph, "save", exit_label=label).at == ""
    assert pressed(BLANK.graph, "explode:s2", exit_label=label).graph == BLANK.graph
