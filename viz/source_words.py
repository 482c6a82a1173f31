"""Where declared values come from, in French: references stay as they are, what is said of them is said in French."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.model.parameters import Parameter

from .locales import check_language

__all__ = ["FRENCH_SOURCES", "source_text"]

# By the source as it is declared. References are names and years: they are the same in both languages.
FRENCH_SOURCES: Mapping[str, str] = {
    "fitted on Snapshot Serengeti (Swanson et al. 2016: .90 with 5 answers, .98 with 27)": "ajusté sur Snapshot "
    "Serengeti (Swanson et al. 2016\u202f: 0,90 avec 5 réponses, 0,98 avec 27)",
    "Fischbacher, Gächter & Fehr 2001 (strategy method: about a third of participants)": "Fischbacher, Gächter & Fehr "
    "2001 (méthode des stratégies\u202f: environ un tiers des participants)",
    "Fischbacher, Gächter & Fehr 2001 (strategy method: about half of participants)": "Fischbacher, Gächter & Fehr "
    "2001 (méthode des stratégies\u202f: environ la moitié des participants)",
    "sign from Frey & Meier 2004; size is an assumption, and 0 must stay possible": "sens de l'effet\u202f: Frey & "
    "Meier 2004\u202f; son ampleur est une hypothèse, et 0 doit rester possible",
    "stated motives of French volunteers (83% to be useful to others; R&S 2016); revealed altruism may be near 0": ""
    "motifs déclarés par les bénévoles français (83\u202f% pour être utiles aux autres\u202f; R&S 2016)\u202f; "
    "l'altruisme révélé peut être proche de 0",
    "stated motives of French volunteers (49% fulfilment; R&S 2016)": "motifs déclarés par les bénévoles français "
    "(49\u202f% pour l'épanouissement personnel\u202f; R&S 2016)",
    "shape from the hours that volunteers give; with 0.3 the observed irregular rhythm of contributors is missed": ""
    "forme tirée des heures que donnent les bénévoles\u202f; avec 0,3, on manque le rythme irrégulier observé chez les "
    "contributeurs",
    "Rodrigues et al. 2022 for the sign (gamification fades after four weeks); size is an assumption": "Rodrigues et "
    "al. 2022 pour le sens de l'effet (l'attrait du jeu s'émousse après quatre semaines)\u202f; son ampleur est une "
    "hypothèse",
    "Rodrigues et al. 2022 (effect down after 4 weeks, partial recovery at 6 to 10)": "Rodrigues et al. 2022 (effet en "
    "baisse après 4 semaines, repris en partie entre 6 et 10)",
    "Lally et al. 2010: 95% of the plateau after about 66 daily repetitions, hence .045 each time": "Lally et al. "
    "2010\u202f: 95\u202f% du plateau après environ 66 répétitions quotidiennes, soit 0,045 à chaque fois",
    "Voorberg et al. 2018 (EUR 2 an hour no effect, EUR 10 an hour +6 points of willingness)": "Voorberg et al. 2018 "
    "(2\u202f€ par heure\u202f: sans effet\u202f; 10\u202f€ par heure\u202f: 6 points de plus de personnes disposées)",
    "Gneezy & Rustichini 2000 for the upper end of the range; the middle is an assumption, framing matters": "Gneezy & "
    "Rustichini 2000 pour le haut de la plage\u202f; le milieu est une hypothèse, la présentation compte",
    "Hoernle et al. 2020, 2022 (5 to 30% of earners react to a badge); size is an assumption": "Hoernle et al. 2020, "
    "2022 (5 à 30\u202f% de ceux qui obtiennent un badge y réagissent)\u202f; l'ampleur est une hypothèse",
    "fitted on contribution histories (retention ratio and launch cohort of Snapshot Serengeti)": "ajusté sur des "
    "historiques de contributions (fidélité comparée et cohorte de lancement de Snapshot Serengeti)",
    "fitted on contribution histories; a negative control of docs/reference/evidence_table.md turns it off": "ajusté "
    "sur des historiques de contributions\u202f; un contrôle négatif de la page «\u202fPreuves\u202f» le coupe",
    "sign from studies of negative experience with services; 1.5 is an assumption": "sens de l'effet\u202f: études des "
    "mauvaises expériences vécues dans des services\u202f; 1,5 est une hypothèse",
    "fitted on Sjoberg, Mellon & Peixoto 2017 (first report fixed: second one 57% likelier)": "ajusté sur Sjoberg, "
    "Mellon & Peixoto 2017 (premier signalement réparé\u202f: le deuxième est 57\u202f% plus probable)",
    "three-minute reports: the report's urban management; each class of service has its own": "signalements en trois "
    "minutes\u202f: gestion urbaine du rapport fondateur\u202f; chaque classe de service a la sienne",
    "fitted on urban reports (Boston 311; FixMyStreet); each class of service has its own": "ajusté sur des "
    "signalements urbains (Boston 311\u202f; FixMyStreet)\u202f; chaque classe de service a la sienne",
    "fitted on urban reports; histories show only its product with acceptance": "ajusté sur des signalements "
    "urbains\u202f; les historiques n'en montrent que le produit avec l'acceptation",
    "fitted on urban reports (1.5 to 2.5 reports per person)": "ajusté sur des signalements urbains (1,5 à 2,5 "
    "signalements par personne)",
    "fitted on online projects (Sauermann & Franzoni 2015)": "ajusté sur des projets en ligne (Sauermann & Franzoni "
    "2015)",
    "fitted on contribution histories, each class of service has its own": "ajusté sur des historiques de "
    "contributions\u202f; chaque classe de service a la sienne",
    "ten minutes on foot (SAUV Life); 1.8 km in Copenhagen (Andelius et al. 2020)": "dix minutes à pied (SAUV "
    "Life)\u202f; 1,8\u202fkm à Copenhague (Andelius et al. 2020)",
    "57.5% of eligible cases, 13 to 100% by dispatcher (medRxiv 2024); moving it costs nothing here: assumption": "57,5"
    "\u202f% des cas éligibles, 13 à 100\u202f% selon le régulateur (medRxiv 2024)\u202f; en changer ne coûte rien "
    "ici\u202f: hypothèse",
    "about one person in two has had some first-aid training (Fédération française de cardiologie); that volunteers "
    "are like others is an assumption": "environ une personne sur deux a été initiée aux premiers secours (Fédération "
    "française de cardiologie)\u202f; que les volontaires soient comme les autres est une hypothèse",
    "70% of those who went arrived (PulsePoint survey, Critical Care)": "70\u202f% de ceux qui sont partis sont "
    "arrivés (enquête PulsePoint, Critical Care)",
    "2 min 28 s in France in 2022 (question 15548 to the National Assembly)": "2\u202fmin 28\u202fs en France en 2022 "
    "(question 15548 à l'Assemblée nationale)",
    "set so that with the radius of Copenhagen and an ambulance of seven minutes, which is an assumption, somebody in "
    "Amiens is there before it in 35 to 42% of alerts, as observed (Andelius et al. 2020, 2023)": "réglé pour qu'avec "
    "le rayon de Copenhague et une ambulance en sept minutes, ce qui est une hypothèse, quelqu'un y soit avant elle à "
    "Amiens dans 35 à 42\u202f% des alertes, comme observé (Andelius et al. 2020, 2023)",
    "set so that the mean over France is near the 12 min 24 s on the road of 2022 (question 15548 to the National "
    "Assembly), with under 10 minutes in all in Paris (Que Choisir 2017)": "réglé pour que la moyenne en France soit "
    "proche des 12\u202fmin 24\u202fs de route de 2022 (question 15548 à l'Assemblée nationale), avec moins de 10 "
    "minutes en tout à Paris (Que Choisir 2017)",
    "square-root law of Kolesar & Blum 1973; ten crews round the clock per 100,000 inhabitants are an assumption": ""
    "loi en racine carrée de Kolesar & Blum 1973\u202f; dix équipages jour et nuit pour 100\u202f000 habitants sont "
    "une hypothèse",
    "62 to 63 EUR a gift in France in 2016, 58 to 91 EUR in 2018 (Financement participatif France, barometers); "
    "rounded": "62 à 63\u202f€ par don en France en 2016, 58 à 91\u202f€ en 2018 (Financement participatif France, "
    "baromètres)\u202f; arrondi",
    "74 donors at 63.40 EUR each for a French project with rewards in 2016 (Financement participatif France, "
    "barometer): 4,690 EUR collected, taken as the goal": "74 donateurs à 63,40\u202f€ chacun pour un projet français "
    "avec contreparties en 2016 (Financement participatif France, baromètre)\u202f: 4\u202f690\u202f€ collectés, pris "
    "pour objectif",
    "List & Lucking-Reiley 2002: 57 points more of the goal raised the share who gave from 3.7% to 8.2%, 1.5 logits "
    "for a whole goal on average over all asked; over .55 who follow others x 1.5 x .5, the defaults of these. Support "
    "also rises towards the goal on Kickstarter (Kuppuswamy & Bayus 2017)": "List & Lucking-Reiley 2002\u202f: 57 "
    "points de plus de l'objectif ont porté la part des donateurs de 3,7\u202f% à 8,2\u202f%, soit 1,5 logit pour "
    "l'objectif entier, en moyenne sur tous les sollicités\u202f; divisé par 0,55 (ceux qui suivent les autres) × 1,5 "
    "× 0,5, leurs valeurs par défaut. Le soutien croît aussi à l'approche de l'objectif sur Kickstarter (Kuppuswamy & "
    "Bayus 2017)",
    "9% of 65,326 funded projects on Kickstarter failed to deliver (Mollick 2015, Kickstarter Fulfillment Report)": "9"
    "\u202f% de 65\u202f326 projets financés sur Kickstarter n'ont pas abouti (Mollick 2015, Kickstarter Fulfillment "
    "Report)",
    "Enedis, June 2023: 1,629 MW on 325,939 roofs of households and firms that use their own output": "Enedis, juin "
    "2023\u202f: 1\u202f629\u202fMW sur 325\u202f939 toits de ménages et d'entreprises en autoconsommation",
    "Corsica: a plant of 5 MW makes about 7,000 MWh a year (Corsica Sole, in France 3 Corse 2019)": "Corse\u202f: une "
    "centrale de 5\u202fMW produit environ 7\u202f000\u202fMWh par an (Corsica Sole, dans France 3 Corse 2019)",
    "Enedis, June 2023: 325,939 roofs that use their own output, for 68 million inhabitants": "Enedis, juin "
    "2023\u202f: 325\u202f939 toits en autoconsommation, pour 68 millions d'habitants",
}


def source_text(parameter: Parameter, language: str) -> str:
    """Return where a declared value comes from; as it is declared where no French is known of it."""
    if check_language(language) == "en":
        return parameter.source
    return FRENCH_SOURCES.get(parameter.source, parameter.source)
