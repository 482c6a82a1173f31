"""What the report of a run says, part by part, in one language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import escape

from entraide.experiments.measures import MEASURES
from entraide.experiments.results import FEWEST_FOR_PROBABILITY, MeasureResult, Result, RiskResult
from entraide.experiments.under_floor import mostly_alone
from entraide.model.risk import RISKS
from entraide.model.risk.calendar import DAYS_PER_YEAR
from entraide.model.specification import ServiceSpecification
from entraide.scenarios.territories import territory_title

from .how_many import for_a_probability
from .kind_words import has_norm
from .locales import day_text, localised, money, money_in_full, number, percent, significant
from .map_places import level_by_zone
from .plain_codes import codes_in_words
from .report_page import cards, heading, paragraph, preformatted, table
from .report_words import WORDS
from .resting_words import ending
from .risk_figures import costs_by_kind, designs_of
from .sentences import Verdict, verdict
from .span_notes import span_notes
from .title_words import own_place
from .under_floor_part import under_floor_part
from .wording import cost_kinds, risk_label, risk_name, span_text, years_noun

__all__ = [
    "beside_table",
    "card_part",
    "facts",
    "measure_text",
    "provenance_part",
    "provenance_rows",
    "tables_part",
    "verdict_part",
]

_UNITS = {
    "en": {"d": "days", "h": "hours", "people": "people", "contributions": "contributions"},
    "fr": {"d": "jours", "h": "heures", "people": "personnes", "contributions": "contributions"},
}


def facts(result: Result, language: str) -> str:
    """Say where, for how many people, when and how often was simulated, and what the simulations are of."""
    specification = result.specification
    end = specification.start + timedelta(days=specification.days - 1)
    told = WORDS[language]["facts_one" if result.replicates == 1 else "facts"].format(
        territory=localised(territory_title(specification.territory, language), language),
        people=f"{number(result.population, language)} {WORDS[language]['inhabitants']}",
        years=span_text(result.replicates, specification.days, language),
        start=day_text(specification.start, language),
        end=day_text(end, language),
    )
    return " ".join((told, *span_notes(result.replicates, specification.days, language)))


def verdict_part(result: Result, language: str) -> str:
    """Return the verdict: the three risks and the cost side by side, then the administration alone."""
    words = WORDS[language]
    parts = []
    if result.replicates < FEWEST_FOR_PROBABILITY:
        few = words["quick_one" if result.replicates == 1 else "quick"]
        parts.append(paragraph(few.format(least=for_a_probability()), "note"))
    several = len(result.public_services) > 1
    said: Verdict | None = None
    for service in result.public_services:
        if several:
            parts.append(heading(3, words["service"].format(title=service_title(service, language))))
        for year in range(result.years):
            if result.years > 1:
                parts.append(heading(3, words["year"].format(number=year + 1)))
            said = verdict(result, language, service=service.name, year=year)
            risks = result.risks(service.name, year)
            boxes = [_risk_card(risk, said, language, result.years > 1) for risk in risks.values()]
            parts.append(cards(boxes))
            if result.counterfactual is not None and (several or result.years > 1):
                parts.append(paragraph(said.same_budget))
    assert said is not None
    mean = words["a_year"].format(money=money(result.cost().value, language))
    note = paragraph(said.cost_note, "aside") if said.cost_note else ""
    parts.append(cards([f"<h4>{words['cost']}</h4>{paragraph(mean, 'figure-number')}{paragraph(said.cost)}{note}"]))
    parts.append(heading(3, words["alone"]))
    if result.counterfactual is None:
        parts.append(paragraph(words["alone_none"]))
    else:
        if not several and result.years == 1:
            parts.append(paragraph(said.same_budget))
        parts.append(paragraph(said.same_norm))
        parts += [
            beside_table(result, language, service.name, year)
            for service in result.public_services
            for year in range(result.years)
        ]
    return "".join(parts)


def service_title(service: ServiceSpecification, language: str) -> str:
    """Return the title of a service, its name where it has none."""
    return localised(service.title.get(language) or service.name, language)


def _risk_card(risk: RiskResult, said: Verdict, language: str, of_several: bool) -> str:
    words = WORDS[language]
    name = risk_name(risk.risk, language, capital=True)
    if risk.replicates == 0:
        top = paragraph(words["no_value" if has_norm(risk) else "no_norm"], "figure-number")
    elif _is_one(risk):
        year = years_noun(risk.headline.days, language)[0]
        top = paragraph(words["broken" if risk.count else "kept"], "figure-number")
        top += paragraph(words["one_run" if of_several else "one_year"].format(year=year), "certainty")
    else:
        count = words["count"].format(count=number(risk.count, language), replicates=number(risk.replicates, language))
        noun = years_noun(risk.headline.days, language)[1]
        top = paragraph(count, "figure-number") + paragraph(words["broken_in"].format(years=noun), "certainty")
        top += _meter(risk) + paragraph(_probability(risk, language), "certainty")
    details = "".join(paragraph(detail, "aside") for detail in said.details[risk.risk])
    return f"<h4>{escape(name)}</h4>{top}{paragraph(said.risks[risk.risk])}{details}"


def _is_one(risk: RiskResult) -> bool:
    """Tell whether there is one replicate, which is no share of anything."""
    return risk.headline.replicates == 1 and not risk.headline.without_value


def _probability(risk: RiskResult, language: str) -> str:
    words = WORDS[language]
    if risk.interval is None:
        return words["too_few"]
    return words["probability"].format(
        probability=percent(risk.probability, language),
        low=percent(risk.interval.low, language),
        high=percent(risk.interval.high, language),
    )


def _meter(risk: RiskResult) -> str:
    """Draw probability and interval on a line from 0 to 100 %; the sentence beside it says the same."""
    if risk.interval is None or risk.probability is None:
        return ""
    low, high, middle = (100.0 * value for value in (risk.interval.low, risk.interval.high, risk.probability))
    return (
        f'<div class="meter" aria-hidden="true"><span class="range" style="left:{low:.1f}%;width:{high - low:.1f}%">'
        f'</span><span class="point" style="left:{middle:.1f}%"></span></div>'
    )


def beside_table(result: Result, language: str, service: str | None = None, year: int = 0) -> str:
    """Return the risks of one year and the cost of the service and of the administration alone, as a table."""
    words = WORDS[language]
    designs = designs_of(result, language)
    risks = {name: design.risks(service, year) for name, design in designs.items()}
    rows = []
    for risk in RISKS:
        cells = [_risk_in_cell(found[risk], language) for found in risks.values()]
        rows.append([risk_label(risk, language).capitalize(), *cells])
    costs = [words["a_year"].format(money=money(design.cost().value, language)) for design in designs.values()]
    rows.append([words["cost"], *costs])
    about = []
    if len(result.public_services) > 1:
        about.append(service_title(result.specification.services[result.place_of(service)], language))
    if result.years > 1:
        about.append(words["year"].format(number=year + 1))
    caption = f"{words['beside_table']} ({', '.join(about)})" if about else words["beside_table"]
    return table(caption, [words["measure"], *designs], rows)


def _risk_in_cell(risk: RiskResult, language: str) -> str:
    words = WORDS[language]
    if risk.replicates == 0:
        return words["no_value" if has_norm(risk) else "no_norm"]
    if _is_one(risk):
        return words["broken" if risk.count else "kept"]
    count = words["count"].format(count=number(risk.count, language), replicates=number(risk.replicates, language))
    return f"{count}; {_probability(risk, language)}".replace(";", "\u202f;" if language == "fr" else ";")


def measure_text(value: float | None, unit: str, language: str) -> str:
    """Write a measure's value in its unit."""
    if value is None:
        return WORDS[language]["no_value"]
    if unit == "share":
        return percent(value, language, 0 if value in (0.0, 1.0) else 1)
    if unit == "EUR":
        return money_in_full(value, language)
    digits = {"1": 2, "d": 1}.get(unit)
    text = significant(value, language) if digits is None else number(value, language, digits)
    return f"{text} {_UNITS[language].get(unit, '')}".strip()


def tables_part(result: Result, language: str, *, on_a_page: bool = False) -> str:
    """Return the measures with their intervals, the costs by kind and the worst-served places.

    Parameters
    ----------
    on_a_page : of the dashboard, beside which there is no folder with files.
    """
    words = WORDS[language]
    note = "measures_note_draws" if result.specifications else "measures_note"
    parts = [paragraph(words["measures_note_one" if result.replicates == 1 else note])]
    for service in result.specification.services:
        if len(result.service_names) > 1:
            parts.append(heading(3, words["service"].format(title=service_title(service, language))))
        measures = result.measures(service.name)
        for risk in (*RISKS, "") if service.public else ("",):
            chosen = [measures[each.name] for each in MEASURES if each.risk == risk]
            caption = words["measures_of"].format(risk=risk_name(risk, language)) if risk else words["measures_other"]
            parts.append(_measure_table(caption, chosen, language))
        if service.public:
            parts.append(_worst_table(result, result.place_of(service.name), language))
            year = max(0, result.specification.days // DAYS_PER_YEAR - 1)
            parts.append(under_floor_part(result, service.name, year, language, on_a_page=on_a_page))
    parts.append(_cost_table(result, language))
    return "".join(parts)


# How measures begin that are shares of years: of a single one they are true or not.
_OF_YEARS = {"en": "of simulated years, those in which ", "fr": "part des années simulées où "}


def _told_of_one(label: str, value: float | None, unit: str, language: str) -> list[str]:
    """Return a measure's name and value in a single simulated year."""
    told = label.removeprefix(_OF_YEARS[language])
    if told == label or value is None or math.isnan(value):
        return [_capital(label), measure_text(value, unit, language)]
    return [_capital(told), WORDS[language]["yes" if value > 0 else "no"]]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _measure_table(caption: str, measures: Sequence[MeasureResult], language: str) -> str:
    words = WORDS[language]
    rows = []
    for measure in measures:
        described, estimate = measure.description, measure.estimate
        label = localised(described.label_en if language == "en" else described.label_fr, language)
        interval = ""
        if estimate.interval is not None:
            low, high = (
                measure_text(limit, described.unit, language)
                for limit in (estimate.interval.low, estimate.interval.high)
            )
            interval = low if low == high else f"{low} – {high}"
        rows.append([_capital(label), measure_text(estimate.value, described.unit, language), interval])
    head = [words["measure"], words["mean"], words["interval"]]
    if all(measure.estimate.replicates + measure.estimate.without_value == 1 for measure in measures):
        # One replicate: no mean of it, and no interval.
        one = [
            _told_of_one(
                localised(each.description.label_en if language == "en" else each.description.label_fr, language),
                each.estimate.value,
                each.description.unit,
                language,
            )
            for each in measures
        ]
        return table(caption, [words["measure"], words["value"]], one, numbers=(1,))
    return table(caption, head, rows, numbers=(1, 2))


def _worst_table(result: Result, place: int, language: str) -> str:
    words = WORDS[language]
    territory = result.specification.territory
    level = level_by_zone(result.outcomes, place, 0)
    due = sum(outcome.zone_year["due"][0, place] for outcome in result.outcomes) / result.replicates
    # Of thousands of villages the worst would be those where the one need of the year was not met.
    alone = mostly_alone(result.outcomes, [result.specification_of(each) for each in result.outcomes], place, 0)
    known = [zone for zone in range(territory.zones) if level[zone] < 1.0 and (alone[zone] or not alone.any())]
    worst = sorted(known, key=lambda zone: (level[zone], -territory.population[zone]))[:10]
    rows = [
        [
            localised(territory.names[zone] or territory.codes[zone], language),
            number(territory.population[zone], language),
            number(due[zone], language, 0 if result.replicates == 1 else 1),
            percent(level[zone], language, 1),
        ]
        for zone in worst
    ]
    head = [words["place"], words["people"], words["due"], words["in_time"]]
    if result.replicates == 1:
        head[2] = words["due_one"]
    return table(words["worst_alone_table" if alone.any() else "worst_table"], head, rows, numbers=(1, 2, 3))


def _cost_table(result: Result, language: str) -> str:
    words = WORDS[language]
    designs = designs_of(result, language)
    columns = {name: costs_by_kind(design.outcomes, design.specification) for name, design in designs.items()}
    own, *others = columns.values()
    names, alone = cost_kinds(language), cost_kinds(language, alone=True)
    rows = [[names[kind].capitalize(), money_in_full(own[kind], language), *("" for _ in others)] for kind in names]
    for kind, label in alone.items():
        rows.append(
            [label.capitalize(), "", *(money_in_full(column[kind], language) for column in others)] if others else []
        )
    rows.append([words["total"], *(money_in_full(sum(column.values()), language) for column in columns.values())])
    rows = [row for row in rows if row]
    return table(words["costs_table"], [words["kind"], *designs], rows, numbers=range(1, 1 + len(designs)))


def card_part(result: Result, section: str, language: str) -> str:
    """Return one section of the scenario's card, after the place that it speaks of where another one is simulated."""
    place = own_place(result, language)
    text = paragraph(codes_in_words(result.scenario.card[language][section], language))
    return paragraph(place, "note") + text if place else text


def provenance_rows(result: Result, language: str) -> Iterator[tuple[str, str]]:
    """Yield where the figures come from, as labels and values."""
    known = result.provenance
    territory = result.specification.territory
    english = language == "en"
    labels: tuple[tuple[str, str, object], ...] = (
        ("Program", "Programme", f"{known.get('package', 'entraide')} {known.get('version', '')}".strip()),
        ("Revision", "Révision", known.get("revision") or None),
        ("Scenario", "Scénario", result.scenario.name),
        ("Hash of the scenario", "Empreinte du scénario", known.get("scenario_hash")),
        ("Hash of the simulator", "Empreinte du simulateur", known.get("code_hash")),
        ("Territory", "Territoire", localised(territory_title(territory, language), language)),
        ("Seed", "Graine aléatoire", result.seed),
        ("Simulations", "Simulations", result.replicates),
        ("Days in each", "Jours dans chacune", result.specification.days),
        ("Computed (UTC)", "Calculé le (UTC)", known.get("started")),
        (
            "Time of computing",
            "Durée du calcul",
            None if "duration_seconds" not in known else f"{number(known['duration_seconds'], language, 1)} s",
        ),
        (
            "Versions",
            "Versions",
            ", ".join(f"{name} {text}" for name, text in known.get("versions", {}).items() if text),
        ),
    )
    for in_english, in_french, value in labels:
        if value not in (None, ""):
            yield (in_english if english else in_french, str(value))


def provenance_part(result: Result, language: str) -> str:
    """Return where the figures come from and how to compute them again."""
    words = WORDS[language]
    rows = [list(row) for row in provenance_rows(result, language)]
    command = str(result.provenance.get("command", ""))
    parts = [table(words["provenance"], [words["what"], words["value"]], rows)]
    if command:
        parts.append(heading(3, words["reproduce"]) + paragraph(words["reproduce_note"]) + preformatted(command))
        parts.append(paragraph(words["reproduce_python"]) + preformatted(_python(result)))
    parts.append(paragraph(words["simulated"].format(ending=ending(result, language)), "note"))
    return "".join(parts)


def _python(result: Result) -> str:
    """Return the call that computes the same; a user's own scenario is the copy in the run's folder."""
    changes = dict(result.scenario.changes)
    own_file = "scenario.toml" in str(result.provenance.get("command", "")).split()
    name = "scenario.toml" if own_file else result.scenario.name
    arguments = [repr(name), f"replicates={result.replicates}", f"seed={result.seed}"]
    arguments.append(f"days={result.specification.days}")
    if changes:
        arguments.append(f"changes={changes!r}")
    arguments.append(f"parameters={result.parameters_from!r}")
    return f"import entraide as en\nresult = en.run({', '.join(arguments)})"
