"""What French journalists shorten, sorted by what a full stop after it means, and the words that begin a sentence.

Lives here: word lists only, in lower case, abbreviations without their final full stop. Sources: Imprimerie nationale,
*Lexique des règles typographiques en usage*, « Abréviations »; and the reading of news. Never here: how they are used
(`boundaries.py`).
"""

from typing import Final

from webapp.text.wordlists import word_set

NEVER_ENDS: Final = word_set(
    "m mm mme mmes mlle mlles mgr mgrs dr drs dre pr prs mtre st ste sts stes sr mr mrs ms messrs gén lt-col lt cdt cne sgt "
    "pdt n° nᵒ nº nos § §§ pp p.p chap réf réfs éd bp tél gsm arr arrt dpt dépt cf p.ex par.ex vs c.-à-d c-à-d c.à.d càd i.e "
    "e.g bd blvd boul fg fbg rte feat ft ndlr n.d.l.r n.d.t n.b env apr trad coord alin fasc nn.ss mm.ss ll.aa ll.mm s.m s.e "
    "s.a.r s.a.i s.exc s.ém r.p"
)
"""Titles and references: a full stop after these ends no sentence, a name or a number follows."""

BEFORE_A_NAME: Final = word_set(
    "me gal col cap adj prof av art vol fig ex p no dir coll préf ill ann app sect sec par pl all imp orig op loc conf ca id "
    "ibid j.-c j-c jc op.cit loc.cit cit n.d s.d s.l s.a s.a.r.l s.a.s s.n.c cie co inc ltd corp bros gmbh plc llc jr al "
    "o.p.a dép sén bât rés hab fr suppl suiv sup inf"
)
"""Also words of their own (l’art, le col), or names of firms: they end a sentence only before a word that begins one."""

BEFORE_A_NUMBER: Final = word_set("janv févr fév avr juil juill sept oct nov déc lun jeu ven sam dim max min moy approx a.d")
"""A full stop after these ends no sentence before a figure, and may before a capital."""

MAY_END: Final = word_set("etc a.m p.m")
"""A full stop after these is also that of the sentence when a capital follows."""

LABELS: Final = word_set(
    "vitamine vitamines hépatite hépatites plan groupe groupes catégorie catégories classe classes série séries type types zone "
    "zones ligne lignes bloc blocs point points option options division ligue annexe annexes permis tableau lot lots bâtiment "
    "bâtiments porte portes escalier hall quai terminal liste listes facteur rhésus variante scénario hypothèse partie phase "
    "face lettre lettres note notes niveau grade rang poule poules virus grippe rayons section sections modèle modèles formule "
    "pôle chapitre langage projet équipe tribune place piste salle voie"
)
"""Nouns that a single capital letter labels (`vitamine C.`): the letter is then not an initial."""

STARTERS: Final = word_set(
    "le la les l un une des du de d ce cet cette ces c ça cela celui celle ceux celles ceci il elle ils elles on nous vous je tu "
    "j s se si son sa ses leur leurs mon ma mes notre nos votre vos en au aux à dans sur sous pour par avec sans chez vers entre "
    "depuis pendant durant dès après avant selon malgré contre hors outre mais ou et donc or ni car puis ensuite enfin alors "
    "ainsi aussi toutefois cependant néanmoins pourtant comme quand lorsque lorsqu puisque puisqu parce tandis bien quoique "
    "quoiqu qu que qui quel quelle quels quelles quoi où dont ne n y ici là voici voilà plus moins très trop tout toute tous "
    "toutes chaque plusieurs certains certaines aucun aucune nul autre autres deux trois quatre cinq six sept huit neuf dix onze "
    "douze treize quatorze quinze seize vingt trente quarante cinquante cent mille aujourd hier demain désormais déjà encore "
    "jamais toujours souvent parfois peu beaucoup rien personne pas non oui est sont était étaient a-t-il a-t-elle est-ce "
    "faut-il pourquoi comment combien lors face grâce quant afin faute jusqu jusque parmi autour près loin suite interrogé "
    "interrogée questionné contacté contactée quelques même mêmes seul seule seuls seules telle tel tels telles résultat bref "
    "également surtout notamment concernant né née dernier dernière premier première deuxième troisième fin début"
)
"""Words that begin a French sentence and, capitalised in the middle of one, are no name."""

PARTICLES: Final = word_set("le la les de du des d l")
"""Those of the starters that may also begin a family name: J. Le Pen, P. de Villiers, S. La Rochelle."""

SHOUTS: Final = word_set("yahoo jeopardy wham yum")
"""Names that carry an exclamation mark."""
