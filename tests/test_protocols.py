"""Protocols: curated as printed, inherited where a document says «as before», compared number by number."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main


def settings(step) -> dict[str, str]:
    return {setting.name: setting.printed for setting in step.parameters}


def test_ten_protocols_of_five_documents(graph):
    found = {}
    for protocol in graph.protocols.values():
        found.setdefault(protocol.document, []).append(protocol.id)
    assert {name: len(ids) for name, ids in found.items()} == {
        "B115768": 1, "B157457": 3, "B10784792": 2, "B1198808": 2, "B1671792": 2,
    }  # fmt: skip


def test_every_step_and_material_says_where_it_is_printed(graph):
    for protocol in graph.protocols.values():
        for item in (*protocol.materials, *protocol.steps):
            (evidence,) = item.evidence
            assert evidence.document == protocol.document
            assert evidence.locator.section == protocol.locator.section
            assert evidence.locator.item, (protocol.id, item)


def test_values_keep_relation_digits_and_firmness(graph):
    steps = {step.id: step for step in graph.protocol("sigma-1-binding").steps}
    (protein,) = steps["membrane-preparation"].parameters
    assert (protein.quantity.relation, str(protein.quantity.low), str(protein.quantity.high)) == (
        "~", "0.2", "0.5",
    )  # fmt: skip
    assert settings(steps["incubation"])["temperature"] == "e.g. 25 °C"
    assert settings(steps["incubation"])["duration"] == "e.g. 60-120 min"
    storage = next(
        step for step in graph.protocol("cloned-transporter-binding").steps if step.id == "storage"
    )
    assert settings(storage) == {"temperature": "-80 °C"}


def test_a_step_done_as_another_takes_over_what_it_leaves_unsaid(graph):
    own = {step.id: step for step in graph.protocols["net-binding"].steps}
    whole = {step.id: step for step in graph.protocol("net-binding").steps}
    assert own["membrane-preparation"].text is None
    assert settings(whole["membrane-preparation"])["protein"] == "typically 20-40 µg/well"
    assert settings(whole["membrane-preparation"])["thawing"] == "on ice"
    assert settings(whole["filtration"]) == {"concentration": "0.5 %"}
    assert [part.id for part in whole["analysis"].parts][-1] == "ki"
    documents = [evidence.locator.section for evidence in whole["filtration"].evidence]
    assert documents[0].startswith("Norepinephrine")
    assert documents[1].startswith("Serotonin")


def test_print_damage_is_repaired_and_told(graph):
    analysis = graph.protocol("sigma-1-binding").steps[-1].parts[-1]
    assert analysis.formula == "Ki = IC50 / (1 + [L]/Kd)"
    assert "K_e" in analysis.normalised
    radioligand = next(m for m in graph.protocol("sigma-1-binding").materials if m.role == "radioligand")
    assert radioligand.normalised


def test_comparison_shows_what_differs_and_nothing_else(graph):
    compared = graph.compare_protocols("sert-binding", "net-binding")
    found = {(row.where, row.name): (row.left, row.right) for row in compared.rows}
    assert found["incubation", "temperature"] == ("~25 °C", "4 °C")
    assert found["incubation", "duration"] == ("60-90 min", "2-3 h")
    assert found["incubation", "agitation"] == (None, "gentle")
    assert found["preparation", "protein of membranes"] == (
        "typically 5-20 µg/well", "typically 20-40 µg/well",
    )  # fmt: skip
    assert found["washing", "washes"] == ("3-4", "3")
    assert found["washing", "volume of wash buffer"] == ("300 µL", "3 mL")
    assert found["radioligand", "what"] == ("[3H]citalopram", "[3H]nisoxetine")
    assert found["non-specific binding", "what"] == ("e.g. fluoxetine", "e.g. desipramine")
    assert not {where for where, _ in found} & {"assay buffer", "wash buffer", "analysis", "filters"}
    assert compared.alike > 30


def test_a_protocol_is_like_itself(graph):
    for name in graph.protocols:
        compared = graph.compare_protocols(name, name)
        assert compared.rows == ()
        assert compared.alike > 3


def test_numbers_are_compared_in_one_unit(write):
    rows = "".join(
        f"  - id: p{n}\n    title: P{n}\n    document: example-paper\n    at: {{section: S}}\n"
        f"    objective: To wait.\n    steps: [{{id: a, stage: incubation, title: A, at: {{item: A}},\n"
        f"      parameters: [{{name: duration, value: {value}, unit: {unit}}}, {{name: speed, value: {speed}}}]}}]\n"
        for n, (value, unit, speed) in enumerate([("60-90", "min", "high"), ("1.0 - 1.5", "h", "low")])
    )
    path = write(
        "documents: [{id: example-paper, title: An example, kind: review}]\nprotocols:\n" + rows, "p.yaml"
    )
    compared = kg.load(path).compare_protocols("p0", "P1")
    assert [(row.name, row.left, row.right) for row in compared.rows] == [("speed", "high", "low")]


def test_an_unknown_protocol_names_the_nearest(graph):
    with pytest.raises(kg.UnknownName, match="sert-binding"):
        graph.protocol("sert-bindin")


def test_a_protocol_is_asked_in_sparql(graph):
    table = graph.query(
        "SELECT ?id ?min { ?id a kgo:Protocol ; kgo:has_step ?step . ?step kgo:stage 'incubation' ;"
        " kgo:has_setting [ rdfs:label 'duration' ; kgo:high ?min ; kgo:unit kgo:min ] } ORDER BY ?id"
    )
    assert [str(row["id"]) for row in table] == ["kg:sert-binding", "kg:sigma-1-binding"]
    order = graph.query(
        "SELECT ?stage { kg:sert-binding kgo:has_step ?s . ?s kgo:position ?n ; kgo:stage ?stage } ORDER BY ?n"
    )
    assert [row["stage"] for row in order] == [step.stage for step in graph.protocol("sert-binding").steps]


def test_two_steps_in_a_circle_are_both_reported(write):
    protocol = (
        "  - {{id: {0}, title: {0}, document: example-paper, at: {{section: S}}, objective: O,"
        " steps: [{{id: a, stage: washing, title: A, same_as: {1}.a}}]}}\n"
    )
    text = "documents: [{id: example-paper, title: An example, kind: review}]\nprotocols:\n"
    path = write(text + protocol.format("one", "two") + protocol.format("two", "one"))
    found = [problem for problem in kg.check(path) if problem.file == str(path)]
    assert [problem.code for problem in found] == ["KG322", "KG322"]


def test_a_bad_value_is_reported_where_it_stands(write):
    path = write(
        "documents: [{id: example-paper, title: An example, kind: review}]\n"
        "protocols:\n  - id: p\n    title: P\n    document: example-paper\n    at: {section: S}\n"
        "    objective: O\n    steps:\n      - id: a\n        stage: washing\n        title: A\n"
        "        parameters:\n          - {name: volume, value: 3 mL}\n"
        "          - {name: volume, value: 9 - 3, unit: ml, of: x}\n"
        "          - {name: volume, value: 3, unit: spoon, of: y}\n"
    )
    found = {(problem.line, problem.code) for problem in kg.check(path) if problem.file == str(path)}
    assert found == {(13, "KG206"), (14, "KG407"), (15, "KG306")}


def run(*args: str) -> str:
    result = CliRunner().invoke(main, ["protocol", *args])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("name", ["list", "show", "compare"])
def test_every_subcommand_has_an_example_that_runs(name):
    words = run(name, "--help").split("Example:")[1].split()
    assert words[:3] == ["kg", "protocol", name]
    assert run(*words[2:])


def test_the_list_names_every_protocol(graph):
    assert all(name in run("list") for name in graph.protocols)
    assert [row["id"] for row in json.loads(run("list", "--format", "json"))] == list(graph.protocols)


def test_show_prints_what_the_bench_needs():
    text = run("show", "net-binding")
    for line in (
        "Tris-HCl 50 mM, NaCl 120 mM, KCl 5 mM; pH 7.4",
        "Ki = IC50 / (1 + [L]/Kd)",
        "(otherwise as sert-binding.filtration)",
        "step 2, Competition: concentrations of imipramine",
        "Reference 4 does not fit",
    ):
        assert line in " ".join(text.split()), line
    assert text.index("Materials") < text.index("Steps") < text.index("Analysis") < text.index("Left open")


def test_every_protocol_is_shown_and_compared(graph):
    names = list(graph.protocols)
    for name, other in zip(names, names[1:] + names[:1], strict=True):
        assert graph.protocols[name].objective[:40] in run("show", name)
        assert "things are alike" in run("compare", name, other)


def test_json_keeps_numbers_units_and_firmness():
    shown = json.loads(run("show", "sert-binding", "--format", "json"))
    step = next(step for step in shown["steps"] if step["id"] == "incubation")
    (temperature, duration) = step["parameters"]
    assert (temperature["relation"], temperature["value"], temperature["unit"]) == ("~", 25, "°C")
    assert (duration["low"], duration["high"], duration["unit"], duration["status"]) == (
        60,
        90,
        "min",
        "stated",
    )
    compared = json.loads(run("compare", "sert-binding", "net-binding", "--format", "json"))
    assert compared["alike"] > 30
    assert {
        "section": "steps",
        "where": "washing",
        "name": "washes",
        "left": "3-4",
        "right": "3",
    } in compared["differences"]


def test_an_entity_names_the_protocols_it_is_used_in():
    shown = CliRunner().invoke(main, ["show", "[3H]citalopram", "--format", "json"])
    assert json.loads(shown.stdout)["protocols"] == {
        "monoamine-transporter-binding": "radioligand",
        "cloned-transporter-binding": "radioligand",
        "sert-binding": "radioligand",
    }
    told = " ".join(CliRunner().invoke(main, ["show", "SERT"]).stdout.split())
    assert "sert-binding (target)" in told


def test_a_protocol_of_ones_own_is_listed_beside_or_alone(write):
    path = write(
        "documents: [{id: example-paper, title: An example, kind: review}]\n"
        "protocols:\n  - {id: own, title: Own, document: example-paper, at: {section: S}, objective: To wash,\n"
        "     steps: [{id: a, stage: washing, title: A, at: {item: A}, same_as: sert-binding.washing}]}\n"
    )
    assert "300 µL of Tris" not in run("show", "own", "--data", str(path))
    assert "300 µL of wash buffer" in run("show", "own", "--data", str(path))
    alone = CliRunner().invoke(main, ["protocol", "list", "--only-data", "--data", str(path)])
    assert alone.exit_code == 1
    assert "KG321" in alone.stderr


def test_an_unknown_stage_names_the_nearest(write):
    path = write(
        "documents: [{id: example-paper, title: An example, kind: review}]\n"
        "protocols:\n  - {id: own, title: Own, document: example-paper, at: {section: S}, objective: To wash,\n"
        "     steps: [{id: a, stage: washin, title: A}]}\n"
    )
    (problem,) = [problem for problem in kg.check(path) if problem.file == str(path)]
    assert (problem.code, problem.line) == ("KG202", 4)
    assert "washing" in problem.hint


def test_a_protocol_needs_an_objective(write):
    path = write(
        "documents: [{id: example-paper, title: An example, kind: review}]\n"
        "protocols: [{id: own, title: Own, document: example-paper, at: {section: S}, steps: []}]\n"
    )
    assert [p.code for p in kg.check(path) if p.file == str(path)] == ["KG203"]


@pytest.mark.parametrize("text", ["10⁻¹⁰ - 10⁻⁵", "10⁻⁵", ">10⁻⁶"])
def test_powers_of_ten_are_read_as_printed(text):
    from kg.quantity import parse_quantity

    quantity = parse_quantity(text)
    assert quantity.text == text
    assert quantity.relation != "qualitative"


def test_ten_without_a_power_is_not_a_power():
    from kg.quantity import parse_quantity

    assert parse_quantity("110⁻⁵") is None
    assert str(parse_quantity("10").value) == "10"


OWN = """\
document: {id: own, title: Own, kind: vendor, references: [{number: 1, title: a}]}
protocols:
  - id: first.one
    title: First
    objective: to see
    at: {section: Methods}
    materials:
      - {role: wash buffer, name: Tris, parameters: [{name: pH, value: 7}, {name: pH, value: 8}], refs: [1]}
      - {role: wash buffer, name: Tris, parameters: [{name: volume, value: 1, unit: mL}]}
    steps:
      - id: wash
        title: Washing
        stage: washing
        at: {paragraph: 2}
        parameters: [{name: volume, value: 1, unit: mL}, {name: volume, value: 2, unit: mL}]
        parts: [PARTS]
  - id: second
    title: Second
    objective: to see
    at: {section: Methods}
    materials: [{role: wash buffer, name: Tris, parameters: [{name: pH, value: 8}]}]
    steps: [{id: wash, title: Washing, stage: washing, same_as: first.one.wash,
             parameters: [{name: washes, value: 3 ± 1}]}]
""".replace("PARTS", ", ".join(f"{{id: p{number}, title: part {number}}}" for number in range(28)))


def test_values_and_materials_of_one_name_are_all_kept_and_compared(write):
    graph = kg.load(write(OWN))
    (step,) = graph.protocol("second").steps
    assert [setting.printed for setting in step.parameters] == ["1 mL", "2 mL", "3 ± 1"]
    rows = {
        (row.where, row.name): (row.left, row.right)
        for row in graph.compare_protocols("first.one", "second").rows
    }
    assert rows == {
        ("wash buffer", "pH"): ("7; 8", "8"),
        ("wash buffer", "what 2"): ("Tris", None),
        ("wash buffer", "volume 2"): ("1 mL", None),
        ("washing", "washes"): (None, "3 ± 1"),
    }
    same = graph.query("SELECT ?s { ?step kgo:same_as_step ?s . ?s a kgo:Step }")
    assert "kg:first.one.step.wash" in {str(row[0]) for row in same.rows}
    assert graph.query("ASK { ?setting a kgo:Setting ; kgo:value 3.0 ; kgo:error 1.0 }")


def test_a_place_without_an_item_and_a_27th_part_are_shown(write):
    shown = CliRunner().invoke(main, ["protocol", "show", "first.one", "--data", str(write(OWN))]).output
    assert "None" not in shown
    assert "z. part 25" in shown
    assert "ab. part 27" in shown


def test_the_id_of_a_step_has_no_dot(write):
    assert [problem.code for problem in kg.check(write(OWN.replace("{id: wash,", "{id: wash.two,")))] == [
        "KG204"
    ]
