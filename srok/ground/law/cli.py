"""`srok law`: the law in force on a day, and why a rule or a reason code stands. Pure: no database, no Django."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from srok.ground.faces.cli import Exit, emit, refusals_told
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public
from srok.ground.law.book import book
from srok.ground.law.terms import Parameter, Source

app = typer.Typer(help="The law as dated data, with the source of every value.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _date(text: str) -> date:
    """A full date; raises `kernel.bad_date`."""
    found = PartialDate.parse(text).whole
    if found is None:
        raise Refusal("kernel.bad_date", field="date", text=text)
    return found


def source_row(source: Source) -> dict[str, object]:
    """A source as the command line and the API print it."""
    return {
        "instrument": source.instrument, "article": source.article, "mark": str(source.mark), "date": source.date,
        "title_km": source.title_km, "title_en": source.title_en, "rule_of_service": source.rule_of_service,
        "cite_km": source.cite("km"), "cite_en": source.cite("en"), "origin": source.origin,
    }  # fmt: skip


def parameter_row(parameter: Parameter) -> dict[str, object]:
    """A parameter with its period; `from` and `until` are the first and the last day in force, or null."""
    first, until = parameter.period.from_, parameter.period.until
    return {
        "key": parameter.key, "value": parameter.value, "unit": parameter.unit, "from": first,
        "until": until and until - timedelta(days=1), "text_km": parameter.text_km, "text_en": parameter.text_en,
        "note": parameter.note, "source": source_row(parameter.source),
    }  # fmt: skip


@app.command()
def at(day: Annotated[str, typer.Argument(metavar="DATE", help="YYYY-MM-DD")], as_json: Json = False) -> None:
    """Print every parameter in force on a day, with its source."""
    with refusals_told(as_json=as_json, status=Exit.UNREADABLE):
        law = public.as_of(_date(day))
    rows = [law.parameters[key] for key in sorted(law.parameters)]
    if as_json:
        emit({"on": law.on, "parameters": [parameter_row(row) for row in rows]})
        return
    for row in rows:
        typer.echo(f"{row.key:34} {_short(row.value):40} {row.source.cite('en')}")


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule (ID-AGE) or a reason code (cases.under_age).")],
    on: Annotated[str | None, typer.Option("--on", help="As the law stood on this day, not all periods.")] = None,
    as_json: Json = False,
) -> None:
    """Say what a rule or a reason code means, where it comes from, and with which values."""
    with refusals_told(as_json=as_json, status=Exit.UNREADABLE):
        day = _date(on) if on else None
        found = explained(rule, day)
    if as_json:
        emit(found)
        return
    for line in _told(found):
        typer.echo(line)


def explained(name: str, day: date | None) -> dict[str, Any]:
    """The rule behind a rule id or reason code, with its sources and the values in force (all, without a day)."""
    behind = book().behind.get(name)
    rule = public.rule(behind.rule if behind else name)
    values = [one for key in rule.parameters for one in book().parameters[key]]
    in_force = [one for one in values if day is None or one.period.contains(day)]
    told: dict[str, Any] = {
        "rule": rule.id, "on": day, "text_km": rule.text_km or None, "text_en": rule.text_en, "mark": str(rule.mark),
        "sources": [source_row(one) for one in rule.sources], "example": rule.example,
        "executable": rule.executable, "parameters": [parameter_row(one) for one in in_force],
    }  # fmt: skip
    if behind:
        told |= {"code": name, "effect": str(behind.effect)}
        told["source"] = source_row(public.reason(name, day) if day else behind.source)
    return told


def _told(found: dict[str, Any]) -> Iterable[str]:
    yield f"{found['code']}  ->  {found['rule']} ({found['effect']})" if "code" in found else found["rule"]
    yield from (text for text in (found["text_km"], found["text_en"]) if text)
    for source in [found["source"]] if "source" in found else found["sources"]:
        yield f"  {source['cite_km']}"
        yield f"  {source['cite_en']}"
    for one in found["parameters"]:
        span = f"{one['from']} to {one['until'] or 'now'}"
        yield f"  {one['key']} = {_short(one['value'])} {one['unit']}  [{span}; {one['source']['cite_en']}]"
        if one["key"] == "roll.windows":
            yield from (f"    {year['year']}: {year['from']} to {year['last']}" for year in one["value"])
            yield from (f"    {year['year']}: no window ({year['note']})" for year in book().incomplete)
    yield f"  example: {found['example']}"
    yield f"  carried out by Srok: {'yes' if found['executable'] else 'not yet'}"


def _short(value: object) -> str:
    items = value if isinstance(value, list) else [value]
    text = ", ".join(str(item["year"] if isinstance(item, dict) else item) for item in items)
    return text if len(text) <= 40 else f"{text[:37]}..."
