"""Tables of values become seed files: bounds stay bounds, rejected lines say why, tables come back."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

import kg
from kg.cli import main
from kg.importing import import_table, mapping_names, read_mapping
from kg.importing.seeds import write_seeds
from kg.problems import InvalidMapping, InvalidTable, UnknownName

CHEMBL = (
    '"Molecule ChEMBL ID";"Molecule Name";"Standard Type";"Standard Relation";"Standard Value";"Standard Units";'
    '"Target ChEMBL ID";"Target Name";"Target Organism";"Assay ChEMBL ID";"Document ChEMBL ID"\n'
)
COLLAPSED = "drugbank_id\tbindingdb_id\tuniprot\tmeasure\taffinity_nM\tn_measures\tsources\tpubmeds\n"
DATA = Path(os.environ.get("KG_DATA") or ROOT.parent / "shared" / "data")
REAL = DATA / "bindingdb" / "bindings-drugbank-collapsed.tsv"


def chembl(*rows: str) -> str:
    return CHEMBL + "".join(
        f'"CHEMBL11";"IMIPRAMINE";{row};"CHEMBL228";"SERT";"Homo sapiens";"A1";"D1"\n' for row in rows
    )


def imported(graph, tmp_path, text: str, mapping: str):
    table = tmp_path / "table.txt"
    table.write_text(text, "utf-8")
    return import_table(graph.graph, table, read_mapping(mapping))


def test_bounds_and_relations_of_chembl_are_kept(graph, tmp_path):
    rows = ('"Ki";"\'=\'";"1.4";"nM"', '"IC50";"\'>\'";"10000";"nM"', '"Ki";"\'<\'";"0.5";"uM"')
    found = imported(graph, tmp_path, chembl(*rows), "chembl")
    assert [(row["parameter"], row["value"], row["unit"]) for row in found.measurements] == [
        ("Ki", "1.4", "nM"), ("IC50", ">10000", "nM"), ("Ki", "<0.5", "µM")]  # fmt: skip
    assert (found.read, found.rejected) == (3, ())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('"Ki";"\'=\'";"0";"nM"', "not above zero"),
        ('"Ki";"\'=\'";"-3";"nM"', "not above zero"),
        ('"Ki";"\'=\'";"";"nM"', "no value"),
        ('"Ki";"\'=\'";"5";""', "no unit"),
        ('"Ki";"\'=\'";"5";"nMol"', "did you mean"),
        ('"Ki";"\'=\'";"5";"%"', "is a fraction"),
        ('"Ki";"\'=\'";"NaN";"nM"', "not a number"),
        ('"Ki";"\'~~\'";"5";"nM"', "unknown relation"),
        ('"Potency";"\'=\'";"5";"nM"', "unknown parameter"),
        ('"Ki";"\'=\'";"9 - 5";"nM"', "inverted"),
        ('"Ki";"\'=\'";"5"', "fewer cells"),
        ('"Ki";"\'=\'";"5";"nM";"more"', "more cells"),
    ],
)
def test_a_rejected_row_has_its_line_and_reason_and_the_others_go_on(graph, tmp_path, row, reason):
    good = '"Ki";"\'=\'";"1.4";"nM"'
    found = imported(graph, tmp_path, chembl(good, row, good), "chembl")
    (rejected,) = found.rejected
    assert (rejected.line, len(found.measurements)) == (3, 2)
    assert reason in rejected.reason


def test_a_wide_table_gives_a_value_for_each_parameter(graph, tmp_path):
    names = read_mapping("bindingdb").columns
    cells = {"BindingDB MonomerID": "50005308", "BindingDB Ligand Name": "a drug", "Target Name": "a target",
             "Ki (nM)": " >10000", "IC50 (nM)": "32", "PMID": "1"}  # fmt: skip
    text = "\t".join(names) + "\n" + "\t".join(cells.get(name, "") for name in names) + "\n"
    found = imported(graph, tmp_path, text, "bindingdb")
    assert [(row["parameter"], row["value"]) for row in found.measurements] == [
        ("Ki", ">10000"),
        ("IC50", "32"),
    ]
    assert len({row["id"] for row in found.measurements}) == 2


def test_things_of_the_graph_are_found_by_identifier_and_new_ones_made_once(graph, tmp_path):
    text = COLLAPSED + "DB00458\t1\tP31645\tKi\t1.4\t1\tChEMBL\t1\nDB99999\t2\tP31645\tKi\t2\t1\tChEMBL\t\n"
    found = imported(graph, tmp_path, text + "DB99999\t2\tP31645\tKd\t3\t1\tx\t\n", "bindingdb-collapsed")
    assert [row["drug"] for row in found.measurements][1:] == ["DB99999", "DB99999"]
    assert {row["target"] for row in found.measurements} == {"sert"}
    assert [entity["id"] for entity in found.entities if entity["id"] != "DB00458"] == ["DB99999"]


def test_what_was_imported_loads_and_says_where_it_was(graph, tmp_path):
    rows = ('"Ki";"\'=\'";"1.4";"nM"', '"IC50";"\'>\'";"10000";"nM"')
    found = imported(graph, tmp_path, chembl(*rows), "chembl")
    write_seeds(found, tmp_path / "seeds", "chembl: #1.csv")
    loaded = kg.load(tmp_path / "seeds", cache=False)
    bound = next(
        value for value in loaded.measurements(document="chembl-activities") if value.parameter == "IC50"
    )
    assert (bound.quantity.relation, bound.evidence[0].locator.row) == (">", "line 3")
    assert bound.evidence[0].locator.table == "chembl: #1.csv"
    first = {path.name: path.read_bytes() for path in (tmp_path / "seeds").iterdir()}
    write_seeds(found, tmp_path / "again", "chembl: #1.csv")
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_value_comes_back_from_csv_and_parquet_as_it_was_printed(graph, tmp_path, form):
    table = tmp_path / f"table.{form}"
    arguments = ["measurements", "--format", "csv", *(["--parquet", str(table)] if form == "parquet" else [])]
    text = CliRunner().invoke(main, arguments).stdout
    if form == "csv":
        table.write_text(text, "utf-8")
    done = CliRunner().invoke(
        main, ["import", str(table), "--mapping", "kg", "--format", form, "-o", str(tmp_path / "out")]
    )
    assert (done.exit_code, done.stdout) == (0, "no row was rejected\n")
    back = kg.load(tmp_path / "out", cache=False).measurements(document="imported-values")

    def said(value) -> tuple:
        limits = value.qualifiers
        return (value.drug, value.form, value.target, value.parameter, value.endpoint, value.ligand, value.quantity,
                value.unit, limits.species, limits.preparation)  # fmt: skip

    assert [said(value) for value in back] == [said(value) for value in graph.measurements()]


def test_csv_has_a_column_for_relation_low_and_high(graph):
    text = CliRunner().invoke(main, ["measurements", "--format", "csv"]).stdout
    rows = {row["id"]: row for row in csv.DictReader(StringIO(text))}
    told = {
        name: [rows[f"B10784792.desipramine.{name}.ki"][key] for key in ("relation", "low", "high")]
        for name in ("dat", "net")
    }
    assert told == {"dat": [">", "10000", ""], "net": ["range", "0.8", "1.2"]}


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_have_numbers_and_keep_what_was_printed(graph, library):
    frame = graph.measurements(drug="desipramine").to_frame(library)
    rows = frame.to_dict("records") if library == "pandas" else frame.to_dicts()
    dat = next(row for row in rows if row["target"] == "dat")
    assert (dat["relation"], dat["low"], dat["as_written"], dat["unit"]) == (">", 10000.0, ">10,000", "nM")
    assert dat["high"] is None or dat["high"] != dat["high"]
    assert len(rows) == len(graph.measurements(drug="desipramine"))
    assert len(graph.measurements(drug="haloperidol").to_frame(library)) == 0


def test_a_wrong_mapping_or_table_is_told(graph, tmp_path):
    with pytest.raises(UnknownName, match="bindingdb"):
        read_mapping("bindingbd")
    with pytest.raises(InvalidTable, match="has no column `drugbank_id`"):
        imported(graph, tmp_path, COLLAPSED.replace("drugbank_id", "drugbankid"), "bindingdb-collapsed")
    bad = tmp_path / "bad.yaml"
    bad.write_text("document: {id: a, title: A}\ndrug: {id: d}\ntarget: {id: t}\nvalues: [{column: v}]\n")
    with pytest.raises(InvalidMapping, match="parameter_column"):
        read_mapping(bad)
    (tmp_path / "latin").write_bytes(b"drug;\xe9\n")
    with pytest.raises(InvalidTable, match="cannot be read"):
        import_table(graph.graph, tmp_path / "latin", read_mapping("chembl"))


def test_every_shipped_mapping_is_sound():
    assert all(read_mapping(name).columns for name in mapping_names())


@pytest.mark.skipif(not REAL.exists(), reason="the table is not here")
def test_a_real_table_is_read_whole_and_its_lost_bounds_are_counted(graph):
    found = import_table(graph.graph, REAL, read_mapping("bindingdb-collapsed"))
    assert (found.read, len(found.measurements), len(found.rejected)) == (21_765, 21_765, 0)
    assert len(found.suspects) == 9_353
