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

_CHEMBL = (
    "Molecule ChEMBL ID;Molecule Name;Molecule Max Phase;Molecular Weight;#RO5 Violations;AlogP;Compound Key;Smiles;"
    "Standard Type;Standard Relation;Standard Value;Standard Units;pChEMBL Value;Data Validity Comment;Comment;"
    "Uo Units;Ligand Efficiency BEI;Ligand Efficiency LE;Ligand Efficiency LLE;Ligand Efficiency SEI;"
    "Potential Duplicate;Assay ChEMBL ID;Assay Description;Assay Type;BAO Format ID;BAO Label;Assay Organism;"
    "Assay Tissue ChEMBL ID;Assay Tissue Name;Assay Cell Type;Assay Subcellular Fraction;Target ChEMBL ID;"
    "Target Name;Target Organism;Target Type;Document ChEMBL ID;Source ID;Source Description;Document Journal;"
    "Document Year;Cell ChEMBL ID"
)
CHEMBL = _CHEMBL.split(";")
"""The columns of ChEMBL's export of activities, in its order."""
_BINDINGDB = (
    "BindingDB Reactant_set_id,Ligand SMILES,Ligand InChI,Ligand InChI Key,BindingDB MonomerID,BindingDB Ligand Name,"
    "Target Name,Target Source Organism According to Curator or DataSource,Ki (nM),IC50 (nM),Kd (nM),EC50 (nM),"
    "kon (M-1-s-1),koff (s-1),pH,Temp (C),Curation/DataSource,Article DOI,BindingDB Entry DOI,PMID,PubChem AID,"
    "Patent Number,Authors,Institution,PubChem CID,ChEMBL ID of Ligand,DrugBank ID of Ligand,"
    "Number of Protein Chains in Target (>1 implies a multichain complex)"
)
BINDINGDB = _BINDINGDB.split(",")
"""Columns of BindingDB's TSV, in its order; those for each chain of the target follow."""
COLLAPSED = "drugbank_id\tbindingdb_id\tuniprot\tmeasure\taffinity_nM\tn_measures\tsources\tpubmeds\n"
DATA = Path(os.environ.get("KG_DATA") or ROOT.parent / "shared" / "data")
REAL = DATA / "bindingdb" / "bindings-drugbank-collapsed.tsv"


def chembl(*rows: str) -> str:
    """Return an export with these cells: type, relation, value and units; the rest is alike in every row."""
    return "".join(_chembl(row) for row in ("", *rows))


def _chembl(row: str) -> str:
    if not row:
        return ";".join(f'"{name}"' for name in CHEMBL) + "\n"
    alike = {"Molecule ChEMBL ID": "CHEMBL11", "Molecule Name": "IMIPRAMINE", "Target ChEMBL ID": "CHEMBL228",
             "Target Name": "SERT", "Target Organism": "Homo sapiens", "Target Type": "SINGLE PROTEIN",
             "Assay ChEMBL ID": "CHEMBL1", "Assay Type": "B", "Document ChEMBL ID": "CHEMBL7"}  # fmt: skip
    cells = [f'"{alike.get(name, "None")}"' for name in CHEMBL]
    start = CHEMBL.index("Standard Type")
    cells[start : start + 4] = row.split(";")
    return ";".join(cells) + "\n"


def bindingdb(*rows: dict[str, str], names: list[str] = BINDINGDB) -> str:
    alike = {"BindingDB MonomerID": "50005308", "BindingDB Ligand Name": "a drug", "Target Name": "a target"}
    lines = [names, *([(alike | row).get(name, "") for name in BINDINGDB] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


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
        ('"Ki";"\'=\'"', "fewer cells"),
        ('"Ki";"\'=\'";"5";"nM";"more"', "more cells"),
        ('"Ki";"\'=\'";"1.000,5";"nM"', "was it `1000.5`?"),
        ('"Ki";"\'=\'";"inf";"nM"', "not a number"),
    ],
)
def test_a_rejected_row_has_its_line_and_reason_and_the_others_go_on(graph, tmp_path, row, reason):
    good = '"Ki";"\'=\'";"1.4";"nM"'
    found = imported(graph, tmp_path, chembl(good, row, good), "chembl")
    (rejected,) = found.rejected
    assert (rejected.line, len(found.measurements)) == (3, 2)
    assert reason in rejected.reason


def test_a_wide_table_gives_a_value_for_each_parameter(graph, tmp_path):
    found = imported(graph, tmp_path, bindingdb({"Ki (nM)": " >10000", "IC50 (nM)": "32"}), "bindingdb")
    assert [(row["parameter"], row["value"]) for row in found.measurements] == [
        ("Ki", ">10000"),
        ("IC50", "32"),
    ]
    assert len({row["id"] for row in found.measurements}) == 2


def test_a_quote_in_a_name_of_bindingdb_swallows_no_line(graph, tmp_path):
    rows = [{"BindingDB Ligand Name": name, "Ki (nM)": "5"} for name in ('"4-(2', "5'-deoxy", 'b"')]
    found = imported(graph, tmp_path, bindingdb(*rows), "bindingdb")
    assert [row["row"] for row in found.measurements] == ["line 2", "line 3", "line 4"]
    assert found.entities[0]["name"] == '"4-(2'


def test_older_tables_of_bindingdb_call_the_target_otherwise(graph, tmp_path):
    older = ["Target Name Assigned by Curator or DataSource" if n == "Target Name" else n for n in BINDINGDB]
    rows = {"Ki (nM)": "5", "Target Name": "Sigma non-opioid intracellular receptor 1"}
    now, then = (imported(graph, tmp_path, bindingdb(rows, names=n), "bindingdb") for n in (BINDINGDB, older))
    assert now.measurements == then.measurements


def test_a_compound_of_bindingdb_is_known_by_its_other_identifiers(graph, tmp_path):
    rows = [{"Ki (nM)": "5", "ChEMBL ID of Ligand": "CHEMBL11"}, {"Ki (nM)": "5", "BindingDB MonomerID": "7"}]
    found = imported(graph, tmp_path, bindingdb(*rows), "bindingdb")
    assert [row["drug"] for row in found.measurements] == ["imipramine", "7"]


def test_each_row_keeps_the_paper_that_it_names(graph, tmp_path):
    rows = [{"Ki (nM)": "5", **named} for named in (
        {"PMID": "9537821", "Article DOI": "10.1021/x"}, {"Article DOI": "https://doi.org/10.1021/x"},
        {"Patent Number": "US-1"}, {}, {"PMID": "9537821"}, {"PMID": "1 or 2"})]  # fmt: skip
    found = imported(graph, tmp_path, bindingdb(*rows), "bindingdb")
    first, doi, patent = (row["id"] for row in found.documents)
    assert [row["document"] for row in found.measurements] == [
        first,
        doi,
        patent,
        "bindingdb",
        first,
        "bindingdb",
    ]
    write_seeds(found, tmp_path / "seeds", "b.tsv")
    documents = kg.load(tmp_path / "seeds", cache=False).graph.documents
    assert (documents[first].pmid, documents[first].kind) == ("9537821", "primary paper")
    assert (documents[doi].doi, documents[patent].kind) == ("10.1021/x", "unknown")


def test_nothing_codes_and_what_is_no_protein_in_chembl(graph, tmp_path):
    text = chembl('"Ki";"\'=\'";"1.4";"nM"', '"Ki";"\'=\'";"2";"nM"').replace("Homo sapiens", "None", 1)
    lines = text.splitlines(keepends=True)
    text = "".join([*lines, lines[1].replace("SINGLE PROTEIN", "CELL-LINE"), lines[1].replace('"B"', '"F"')])
    found = imported(graph, tmp_path, text, "chembl")
    assert [row.get("species") for row in found.measurements] == [None, "human", None]
    assert [row["endpoint"] for row in found.measurements] == ["binding", "binding", "functional"]
    assert [(row.line, "CELL-LINE" in row.reason) for row in found.rejected] == [(4, True)]
    assert found.documents[0]["title"] == "CHEMBL7, as recorded in ChEMBL activities"


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
        value
        for value in loaded.measurements(document="chembl-activities.CHEMBL7")
        if value.parameter == "IC50"
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
    own = [row["document"] for row in found.measurements if row["document"] != "bindingdb-collapsed"]
    assert len(set(own)) == len(found.documents) == 1_981
    assert len(own) > 13_000
