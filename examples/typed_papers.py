"""Scanned papers that do not exist: typed sheets set with typst, so that Khmer is right, with SPECIMEN across them."""

import io
from pathlib import Path

import typst
from PIL import Image

FONTS = Path(__file__).resolve().parents[1] / "srok" / "ground" / "paper" / "fonts"
Row = dict[str, str]

TITLES = {
    "birth_certificate": ("CERTIFICATE OF BIRTH", "Office of vital records"),
    "identity_card": ("អត្តសញ្ញាណប័ណ្ណសញ្ជាតិខ្មែរ", "Copy of both sides"),
    "passport": ("លិខិតឆ្លងដែន · PASSPORT", "Copy of the page with the photo"),
    "royal_decree": ("ព្រះរាជក្រឹត្យ", "ស្ដីពីការផ្ដល់សញ្ជាតិខ្មែរ"),
    "i94": ("ARRIVAL / DEPARTURE RECORD", "Admitted as a refugee"),
    "unhcr_paper": ("REGISTRATION FOR RESETTLEMENT", "Office for refugees, transit centre"),
    "us_naturalisation": ("CERTIFICATE OF NATURALIZATION", "Former nationality: Cambodia"),
    "ca_citizenship": ("CITIZENSHIP CERTIFICATE · CERTIFICAT DE CITOYENNETÉ", "Canada"),
    "ca_imm1000": ("RECORD OF LANDING · FICHE D'ÉTABLISSEMENT", "Canada, IMM 1000"),
    "quebec_act": ("ACTE DE MARIAGE", "Directeur de l'état civil"),
    "baptism": ("CERTIFICATE OF BAPTISM", "From the register of the parish"),
    "school_record": ("SCHOOL RECORD", "Pursat, 1979"),
    "camp_card": ("CAMP FAMILY CARD", "Khao-I-Dang holding centre"),
    "witness_statement": ("លិខិតបញ្ជាក់របស់សាក្សី", "Statement of a witness, no relative"),
    "marriage_certificate": ("CERTIFICATE OF MARRIAGE", "County recorder"),
}
FAMILY = {
    "birth_certificate",
    "unhcr_paper",
    "camp_card",
    "school_record",
    "baptism",
    "quebec_act",
    "witness_statement",
}
KHMER = {"identity_card", "passport", "royal_decree"}
SHEET = """
#set page(width: 150mm, height: 195mm, margin: 16mm, fill: rgb("{tint}"), background: rotate(-38deg,
  text(size: 62pt, fill: rgb("#d9d2c4"), weight: "bold", "SPECIMEN")))
#set text(font: ("Noto Sans Khmer", "Noto Sans"), size: 11pt, fallback: false)
#set par(leading: 1.1em)
#align(center)[#text(size: 15pt, weight: "bold", {title}) #linebreak() #text(size: 10pt, {under})]
#line(length: 100%, stroke: 0.6pt)
#v(4mm)
#table(columns: (38%, 62%), stroke: none, inset: 5pt, ..{lines})
#v(1fr)
#line(length: 100%, stroke: 0.6pt)
#text(size: 9pt, {note})
"""


def paper(row: Row, kind: str, number: int) -> bytes:
    """A scanned paper as a small grey PNG: typed lines of what such a paper would say, and SPECIMEN across it."""
    title, under = TITLES[kind]
    tint = "#f7f4ec" if number % 2 else "#f3f5f1"
    lines = [cell for label, value in _lines(row, kind, number) if value for cell in (label, value)]
    note = f"SPECIMEN: invented for the example {row['reference']}; no such paper exists."
    source = SHEET.format(
        tint=tint, title=_quoted(title), under=_quoted(under), note=_quoted(note),
        lines="(" + ", ".join(map(_quoted, lines)) + ",)",
    )  # fmt: skip
    fonts = typst.Fonts(font_paths=[str(FONTS)], include_system_fonts=False)
    png = typst.compile(source.encode(), format="png", ppi=96.0, font_paths=fonts)
    out = io.BytesIO()
    grey = Image.open(io.BytesIO(png)).convert("L").quantize(16)
    grey.save(out, "PNG", optimize=True)
    return out.getvalue()


def _lines(row: Row, kind: str, number: int) -> list[tuple[str, str]]:
    khmer = f"{row['family_km']} {row['given_km']}".replace("សី្រ", "ស្រី")
    latin = _latin(row, kind)
    place = row["birthplace_text"] or f"Cambodia (gazetteer {row['birthplace']})"
    lines = [("Name", latin), ("Born", row["birth_date"]), ("Place of birth", place)]
    if kind in KHMER:
        lines = [("គោត្តនាម និងនាម", khmer), ("Name", latin), ("Born", row["birth_date"])]
        lines += [("Number", row["previous_card"] or "specimen")]
    if kind == "birth_certificate" and row["birthplace"]:
        lines.insert(0, ("គោត្តនាម និងនាម", khmer))
    if kind in FAMILY:
        lines += [("Father", _kin(row, "father_")), ("Mother", _kin(row, "mother_"))]
    if kind in {"camp_card", "witness_statement", "school_record"}:
        lines += [("Brother or sister", f"{_kin(row, 'relative_')} {row['relative_birth_date']}".strip())]
    if kind == "witness_statement":
        lines += [("Witness", f"Neighbour {number} of the same village before 1975")]
    return [*lines, ("Reference", row["reference"])]


def _latin(row: Row, kind: str) -> str:
    given_first = row["name_order"] == "given_first" and kind not in KHMER
    family = (
        row["other_names"].split(";")[0] if kind == "ca_citizenship" and row["other_names"] else row["family_latin"]
    )
    return f"{row['given_latin']} {family}" if given_first else f"{family} {row['given_latin']}"


def _kin(row: Row, prefix: str) -> str:
    return f"{row[f'{prefix}family_latin']} {row[f'{prefix}given_latin']}".strip()


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
