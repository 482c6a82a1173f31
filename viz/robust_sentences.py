"""Robustness in words: which designs hold, what breaks them, what to find out, and what is chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entraide.experiments.analysis.discovery import Bound, Discovery
from entraide.experiments.analysis.information import Information
from entraide.experiments.analysis.robust_study import MARGIN_WITHIN, Breaking, RobustStudy, Spread

from .locales import check_language, counted, joined, localised, money, number, percent, points
from .robust_words import WORDS
from .study_words import design_name, design_text, design_values, factor_name, factor_value, levers_in_order
from .wording import between, quoted, risk_name, semicolon

__all__ = ["bound_text", "robust_header", "robust_rows", "robust_sentences"]


def robust_sentences(found: RobustStudy, language: str) -> tuple[str, ...]:
    """Return what a study of designs says, most important first."""
    words: Mapping[str, str] = WORDS[check_language(language)]
    told = [*_who_holds(found, words, language)]
    for each in found.breaking:
        told += _breaking(found, each, words, language)
    told += [_pareto(found, words, language), *_worth(found, words, language)]
    told += [_spread(found, each, words, language) for each in found.spreads]
    told += [_compared(found, words, language)]
    if found.designs.incomplete:
        told.append(words["incomplete"].format(count=_count(found.designs.incomplete, "designs", language)))
    if found.designs.runs.without_result:
        told.append(words["left_out"].format(count=_count(found.designs.runs.without_result, "runs", language)))
    return tuple(localised(sentence, language) for sentence in told if sentence)


def _count(number_of: int, noun: str, language: str) -> str:
    one, several = WORDS[language][noun]
    return counted(number_of, one, several, language)


def _states(found: RobustStudy, language: str) -> str:
    noun = "states" if found.designs.state_of_replicate is None else "states_of_draws"
    return _count(found.robustness.states, noun, language)


def _who_holds(found: RobustStudy, words: Mapping[str, str], language: str) -> list[str]:
    robustness = found.robustness
    holding = [each for each in robustness.designs if each.holds]
    known = {
        "designs": _count(len(robustness.designs), "designs", language),
        "share": percent(robustness.holds_in, language),
        "states": _states(found, language),
    }
    if holding:
        held = words["hold_one"] if len(holding) == 1 else words["hold_many"]
        known["held"] = held.format(number=number(len(holding), language))
        known["list"] = joined([number(each.design.number, language) for each in holding], language)
    every = len(holding) == len(robustness.designs) > 1
    told = [words["holds_all" if every else "holds" if holding else "holds_none"].format(**known)]
    if robustness.replicates > 1:
        told.append(words["meaning"].format(kept=percent(robustness.kept_in, language)))
    roles = [("cheapest", robustness.cheapest)] if robustness.cheapest else []
    if robustness.safest is not robustness.cheapest:
        roles.append(("safest", robustness.safest))
    if robustness.cheapest_of_all not in (robustness.cheapest, robustness.safest):
        roles.append(("cheapest_all", robustness.cheapest_of_all))
    for role, each in roles:
        assert each is not None
        held_all = each.held["all"]
        band = between(held_all.interval, language)
        told.append(
            words[role].format(
                design=design_name(each.design, language),
                levers=design_text(each.design, found.designs.runs.factors, language),
                cost=money(each.cost, language),
                count=number(held_all.count, language),
                states=number(held_all.states, language),
                share=percent(held_all.share, language),
                band=f" ({band})" if band else "",
            )
        )
    if robustness.minimax_cost is not None and sum(each.holds for each in robustness.designs) > 1:
        regret = robustness.minimax_cost.cost_regret
        assert regret is not None
        told.append(
            words["regret"].format(
                design=design_name(robustness.minimax_cost.design, language),
                most=money(regret.most, language),
                mean=money(regret.mean, language),
            )
        )
    return told


def _breaking(found: RobustStudy, each: Breaking, words: Mapping[str, str], language: str) -> list[str]:
    whole = each.found["all"]
    name = design_name(each.design.design, language)
    told = [_where(name, each, words, language)]
    if whole.broken:
        risks = [
            _risk(risk, found_risk, words, language)
            for risk, found_risk in each.found.items()
            if risk != "all" and found_risk.broken
        ]
        told.append(words["risk"].format(list=joined(risks, language)))
    return told


def _risk(risk: str, found: Discovery, words: Mapping[str, str], language: str) -> str:
    known = {
        "risk": risk_name(risk, language),
        "count": number(found.broken, language),
        "states": number(found.states, language),
    }
    if found.box is None:
        return words["risk_one"].format(**known)
    return words["risk_where"].format(
        **known,
        bounds=words["and"].join(bound_text(bound, language) for bound in found.box.bounds),
        coverage=percent(found.box.coverage, language),
        density=percent(found.box.density, language),
    )


def _where(name: str, each: Breaking, words: Mapping[str, str], language: str) -> str:
    whole = each.found["all"]
    start = name[:1].upper() + name[1:] if language == "en" else name
    counts = {"count": number(whole.broken, language), "states": number(whole.states, language)}
    if whole.box is None:
        # Where norms break for reasons of their own, each has a box, and the union of two boxes is none.
        parts = any(found.box is not None for found in each.found.values())
        return words["parts" if parts else whole.reason].format(design=start, **counts)
    return words["box"].format(
        design=start,
        bounds=words["and"].join(bound_text(bound, language) for bound in whole.box.bounds),
        coverage=percent(whole.box.coverage, language),
        density=percent(whole.box.density, language),
        checked=percent(whole.box.checked_density, language),
        broken=percent(whole.broken / whole.states, language),
    )


def bound_text(bound: Bound, language: str) -> str:
    """Return one restriction in words: "needs that arise > 31"."""
    words: Mapping[str, str] = WORDS[check_language(language)]
    factor = quoted(factor_name(bound.factor, language), language)
    if bound.levels:
        listed = joined([factor_value(bound.factor, level, language) for level in bound.levels], language)
        return words["levels"].format(factor=factor, list=listed)
    low = None if bound.low is None else factor_value(bound.factor, bound.low, language)
    high = None if bound.high is None else factor_value(bound.factor, bound.high, language)
    if low is not None and high is not None:
        return words["between"].format(factor=factor, low=low, high=high)
    if low is not None:
        return words["over_value"].format(factor=factor, value=low)
    return words["under_value"].format(factor=factor, value=str(high))


def _pareto(found: RobustStudy, words: Mapping[str, str], language: str) -> str:
    front = [each for each in found.robustness.designs if each.nondominated]
    if len(found.robustness.designs) < 2:
        return ""
    return words["pareto"].format(
        list=joined([number(each.design.number, language) for each in sorted(front, key=lambda e: e.cost)], language)
    )


def _worth(found: RobustStudy, words: Mapping[str, str], language: str) -> list[str]:
    told = []
    known = found.information.get("any")
    if known is not None:
        told.append(_one_worth(known, "worth", found, words, language))
    priced = found.information.get("loss")
    if priced is not None:
        told.append(_one_worth(priced, "worth_money", found, words, language))
    return told


def _one_worth(known: Information, key: str, found: RobustStudy, words: Mapping[str, str], language: str) -> str:
    best = known.most
    price = "" if found.price is None else money(found.price, language)
    if best is None:
        name = design_name(found.designs.designs[known.best], language)
        return words[key.replace("worth", "worthless")].format(design=name, price=price)

    def shown(value: float) -> str:
        return money(value, language) if known.unit == "EUR" else points(value, language, 1)

    return words[key].format(
        factor=quoted(factor_name(best.factor, language), language),
        value=shown(best.value),
        low=shown(best.low),
        high=shown(best.high),
        chance=shown(best.by_chance),
        price=price,
    )


def _spread(found: RobustStudy, each: Spread, words: Mapping[str, str], language: str) -> str:
    design = design_name(found.focus.design, language)
    names = {"design": design[:1].upper() + design[1:], "risk": risk_name(each.risk, language)}
    share = each.components.share
    if share is None or each.needed is None:
        return words["spread_flat"].format(**names)
    replicates = _count(each.needed.replicates, "runs", language)
    if each.needed.states is None:
        needed = words["over"]
    elif each.needed.states <= found.robustness.states:
        needed = words["needed_now"]
    else:
        noun = "states" if found.designs.state_of_replicate is None else "states_of_draws"
        needed = words["needed"].format(states=_count(each.needed.states, noun, language), replicates=replicates)
        if each.needed.replicates_alone is None:
            needed += words["needed_never"]
        else:
            alone = _count(each.needed.replicates_alone, "runs", language)
            needed += words["needed_alone"].format(alone=alone)
    interval = each.components.interval
    # Ends that are written alike say no more than the share.
    sure = interval is None or percent(interval.low, language) == percent(interval.high, language)
    band = "" if sure else between(interval, language)
    return words["spread"].format(
        **names,
        share=percent(share, language),
        band=f" ({band})" if band else "",
        within=points(MARGIN_WITHIN, language),
        needed=needed,
    )


def _compared(found: RobustStudy, words: Mapping[str, str], language: str) -> str:
    compared = found.comparisons
    if compared is None:
        return ""
    told = []
    for risk in found.designs.judged:
        for verdict in ("better", "worse"):
            numbers = [
                number(design.number, language)
                for design, comparison in zip(compared.designs, compared.comparisons, strict=True)
                if comparison.of(risk).verdict == verdict
            ]
            if numbers:
                told.append(
                    words[f"{verdict}_one"].format(risk=risk_name(risk, language), designs=joined(numbers, language))
                )
    reference = design_name(compared.reference, language)
    return words["better" if told else "none_told"].format(
        reference=reference, list=f"{semicolon(language)} ".join(told)
    )


def robust_header(found: RobustStudy, language: str) -> Sequence[str]:
    """Return the heads of the table of designs; that of levers names them in the order of their values."""
    first, _, *rest = WORDS[check_language(language)]["header"]
    return (first, levers_in_order(found.designs.runs.factors, language), *rest)


def robust_rows(found: RobustStudy, language: str) -> list[tuple[str, ...]]:
    """Return the table of designs, the cheapest first."""
    words = WORDS[check_language(language)]
    rows = []
    for each in sorted(found.robustness.designs, key=lambda one: (one.cost, one.design.number)):
        shares = [each.held.get(name) for name in ("all", "continuity", "quality", "universality")]
        whole = each.held["all"]
        band = between(whole.interval, language)
        cells = ["" if held is None else percent(held.share, language) for held in shares]
        regret = words["no_option"] if each.cost_regret is None else money(each.cost_regret.most, language)
        rows.append(
            (
                number(each.design.number, language),
                design_values(each.design, found.designs.runs.factors, language),
                money(each.cost, language),
                f"{cells[0]} ({band})" if band else cells[0],
                *cells[1:],
                regret,
                words["yes" if each.nondominated else "no"],
            )
        )
    return rows
