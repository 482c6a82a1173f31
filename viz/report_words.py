"""Headings and labels of the report in both languages."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["CHOICES", "WORDS"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "contents": "Contents",
        "facts": "{territory}, {people}; {years}, each from {start} to {end}.",
        "inhabitants": "inhabitants",
        "quick": (
            "These are few simulations: they show how the service can go, not how likely that is. Run at least "
            "{least} for probabilities."
        ),
        "quick_one": (
            "This is one simulation: it shows how the service can go, not how likely that is. Run at least {least} for "
            "probabilities."
        ),
        "facts_one": "{territory}, {people}; {years}, from {start} to {end}.",
        "kept": "norm kept",
        "broken": "norm broken",
        "one_year": "in the one {year}",
        "one_run": "in the one simulation",
        "measures_note_one": "Of the one simulation: a single one tells nothing of chance, hence there is no interval.",
        "verdict": "Verdict",
        "service": "Service: {title}",
        "year": "Year {number}",
        "count": "{count} of {replicates}",
        "broken_in": "{years} with the norm broken",
        "probability": "probability {probability}, between {low} and {high}",
        "too_few": "too few for a probability",
        "no_value": "no value",
        "no_norm": "no norm",
        "cost": "Cost",
        "a_year": "{money} a year",
        "alone": "Beside the administration alone",
        "alone_none": "The administration alone was not computed in this run.",
        "beside_table": "Risks and cost side by side",
        "measure": "Measure",
        "figures": "Figures",
        "notice": "Things to notice",
        "tables": "Tables",
        "measures_of": "Measures of {risk}",
        "measures_other": "Other measures",
        "mean": "Mean",
        "interval": "Interval (95%)",
        "unit": "Unit",
        "measures_note": "Means over simulated years; the interval tells how far chance may move the mean.",
        "measures_note_draws": (
            "Means over simulations; the interval tells how far chance, and not knowing the parameters, may move "
            "the mean."
        ),
        "drawn": "drawn",
        "fitted": "fitted: class “{service_class}” ({cases})",
        "fitted_unnamed": "fitted: class “{service_class}”",
        "costs_table": "Cost per year, by kind",
        "kind": "Kind",
        "total": "Total",
        "worst_table": "The ten worst-served places",
        "worst_alone_table": "The ten worst-served of the places that are judged by themselves",
        "due_one": "Needs due",
        "place": "Place",
        "people": "Inhabitants",
        "due": "Needs due, on average",
        "in_time": "Met in time",
        "design": "Design",
        "design_note": (
            "What the administration decides: norms, then levers. Marked rows were changed for this run; “at the "
            "start” is the scenario's own value."
        ),
        "norms": "Norms",
        "levers": "Levers",
        "levers_of_all": "Levers that concern all services",
        "what": "What it is",
        "value": "Value",
        "before": "At the start",
        "changed": "changed",
        "events": "Events",
        "event": "Event",
        "from": "From",
        "lasts": "Lasts",
        "size": "Size",
        "whom": "Where",
        "everywhere": "everywhere",
        "assumptions": "Assumptions",
        "assumptions_note": (
            "What is unknown about the world and had to be assumed. Other values in the range given could change the "
            "verdict: it holds for these."
        ),
        "assumptions_note_draws": (
            "What is unknown about the world. Where “drawn” stands, simulations take values fitted to data, within the "
            "range shown; in brackets the cases that they were fitted to, as “entraide evidence” names them. All other "
            "values had to be assumed: others in the range given could change the verdict."
        ),
        "of_citizens": "Citizens",
        "of_service": "Service",
        "of_alone": "The administration alone",
        "range": "Range tried",
        "source": "Source",
        "alone_source": "Where the figures of the administration alone come from:",
        "limits": "Limits",
        "sources": "Sources",
        "what_it_is": "What it is",
        "how_it_works": "How it works",
        "things_to_try": "Things to try",
        "provenance": "Provenance",
        "reproduce": "How to reproduce",
        "reproduce_note": "The same command gives the same figures, to the last digit, on any number of cores:",
        "reproduce_python": "The same from Python:",
        "simulated": "Simulated, not observed: {ending}.",
        "compare_title": "Comparison: {candidate} against {baseline}",
        "moved_table": "What differs between the two designs",
        "two_designs": "The two designs",
        "baseline": "Baseline",
        "candidate": "New design",
        "moved_none": "The two designs have the same values: any difference is chance.",
        "difference": "Difference",
        "verdict_column": "Verdict",
        "differences_table": "Differences, measure by measure",
        "exchange": "Effect and cost",
        "yes": "yes",
        "no": "no",
    },
    "fr": {
        "contents": "Sommaire",
        "facts": "{territory}, {people}\u202f; {years}, chacune du {start} au {end}.",
        "inhabitants": "habitants",
        "quick": (
            "Ces simulations sont peu nombreuses\u202f: elles montrent ce qui peut arriver, non avec quelle "
            "probabilité. Il en faut au moins {least} pour des probabilités."
        ),
        "quick_one": (
            "Ceci est une seule simulation\u202f: elle montre ce qui peut arriver, non avec quelle probabilité. Il en "
            "faut au moins {least} pour des probabilités."
        ),
        "facts_one": "{territory}, {people}\u202f; {years}, du {start} au {end}.",
        "kept": "norme tenue",
        "broken": "norme non tenue",
        "one_year": "dans la seule {year}",
        "one_run": "dans la seule simulation",
        "measures_note_one": (
            "De la seule simulation\u202f: une seule ne dit rien du hasard, il n'y a donc pas d'intervalle."
        ),
        "verdict": "Verdict",
        "service": "Service\u202f: {title}",
        "year": "Année {number}",
        "count": "{count} sur {replicates}",
        "broken_in": "{years} où la norme n'est pas tenue",
        "probability": "probabilité {probability}, entre {low} et {high}",
        "too_few": "trop peu pour une probabilité",
        "no_value": "aucune valeur",
        "no_norm": "sans norme",
        "cost": "Coût",
        "a_year": "{money} par an",
        "alone": "À côté de l'administration seule",
        "alone_none": "L'administration seule n'a pas été calculée pour ces résultats.",
        "beside_table": "Risques et coût côte à côte",
        "measure": "Mesure",
        "figures": "Figures",
        "notice": "À remarquer",
        "tables": "Tableaux",
        "measures_of": "Mesures\u202f: {risk}",
        "measures_other": "Autres mesures",
        "mean": "Moyenne",
        "interval": "Intervalle (95\u202f%)",
        "unit": "Unité",
        "measures_note": (
            "Moyennes sur les années simulées\u202f; l'intervalle dit de combien le hasard peut déplacer la moyenne."
        ),
        "measures_note_draws": (
            "Moyennes sur les simulations\u202f; l'intervalle dit de combien le hasard et l'ignorance des paramètres "
            "peuvent déplacer la moyenne."
        ),
        "drawn": "tiré au sort",
        "fitted": "ajusté\u202f: classe «\u202f{service_class}\u202f» ({cases})",
        "fitted_unnamed": "ajusté\u202f: classe «\u202f{service_class}\u202f»",
        "costs_table": "Coût par an, par nature",
        "kind": "Nature",
        "total": "Total",
        "worst_table": "Les dix lieux les moins bien servis",
        "worst_alone_table": "Les dix lieux les moins bien servis, parmi ceux qui sont jugés seuls",
        "due_one": "Besoins échus",
        "place": "Lieu",
        "people": "Habitants",
        "due": "Besoins échus, en moyenne",
        "in_time": "Satisfaits à temps",
        "design": "Dispositif",
        "design_note": (
            "Ce que l'administration décide\u202f: normes, puis leviers. Les lignes marquées ont été modifiées pour "
            "ces résultats\u202f; «\u202fau départ\u202f» est la valeur du scénario."
        ),
        "norms": "Normes",
        "levers": "Leviers",
        "levers_of_all": "Leviers qui concernent tous les services",
        "what": "Ce que c'est",
        "value": "Valeur",
        "before": "Au départ",
        "changed": "modifié",
        "events": "Événements",
        "event": "Événement",
        "from": "À partir du",
        "lasts": "Durée",
        "size": "Ampleur",
        "whom": "Où",
        "everywhere": "partout",
        "assumptions": "Hypothèses",
        "assumptions_note": (
            "Ce que l'on ignore du monde et qu'il a fallu supposer. D'autres valeurs, dans la plage indiquée, "
            "pourraient changer le verdict\u202f: il vaut pour celles-ci."
        ),
        "assumptions_note_draws": (
            "Ce que l'on ignore du monde. Là où il est écrit «\u202ftiré au sort\u202f», les simulations prennent des "
            "valeurs ajustées sur des données, dans la plage indiquée\u202f; entre parenthèses, les cas qui ont servi "
            "à l'ajustement, tels que les nomme «\u202fentraide evidence\u202f». Toutes les autres valeurs, il a fallu "
            "les supposer\u202f: d'autres, dans la plage indiquée, pourraient changer le verdict."
        ),
        "of_citizens": "Citoyens",
        "of_service": "Service",
        "of_alone": "L'administration seule",
        "range": "Plage essayée",
        "source": "Source (textes en anglais)",
        "alone_source": "D'où viennent ces chiffres de l'administration seule\u202f:",
        "limits": "Limites",
        "sources": "Sources",
        "what_it_is": "De quoi il s'agit",
        "how_it_works": "Fonctionnement",
        "things_to_try": "À essayer",
        "provenance": "Provenance",
        "reproduce": "Reproduire ces résultats",
        "reproduce_note": (
            "La même commande donne les mêmes chiffres, à la dernière décimale, quel que soit le nombre de cœurs\u202f:"
        ),
        "reproduce_python": "De même avec Python\u202f:",
        "simulated": "Simulé, non observé\u202f: {ending}.",
        "compare_title": "Comparaison\u202f: {candidate} face à {baseline}",
        "moved_table": "Ce qui diffère entre les deux dispositifs",
        "two_designs": "Les deux dispositifs",
        "baseline": "Référence",
        "candidate": "Nouveau dispositif",
        "moved_none": "Les deux dispositifs ont les mêmes valeurs\u202f: tout écart tient au hasard.",
        "difference": "Écart",
        "verdict_column": "Verdict",
        "differences_table": "Écarts, mesure par mesure",
        "exchange": "Effet et coût",
        "yes": "oui",
        "no": "non",
    },
}
# Words that parameters take as values.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "en": {"credit": "time credits"},
    "fr": {
        "none": "aucune",
        "thanks": "remerciements",
        "credit": "crédits de temps",
        "cash": "argent",
        "majority": "majorité",
        "weighted": "vote pondéré",
    },
}
