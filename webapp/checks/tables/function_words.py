"""Little words that give a language away when they stand in a text of another one."""

from typing import Final

from webapp.checks.tables.listed import listed

_ENGLISH: Final = """
    the of and to in is are was were be been that this these those with from have has had which who what when where while will
    would could should their there they them his her its our your not but for on at by as it he she we you an or if than then
    into about after before between during because under over more most other some such only also said says
    """
# not those that are English words as well (pour, plus), nor those of names (de, la, le, du, en, sur, sans)
_FRENCH: Final = """
    une dans avec mais sont été était étaient cette leur leurs qui que aux ont elle ils nous vous selon être avoir très aussi
    ainsi alors après avant depuis pendant chez dont cela ces ses même toutes deux trois quatre cinq lundi mardi mercredi
    jeudi vendredi samedi dimanche
    """

ENGLISH: Final = frozenset(listed(_ENGLISH))
FRENCH: Final = frozenset(listed(_FRENCH))

# French words with accents that English has taken in
_NATURALISED: Final = """
    communiqué chargé chargés café cafés crème fraîche cœur château châteaux attaché attachés cliché clichés façade façades fiancé
    fiancée déjà née né première premières soirée décor élite élites entrée entrées émigré émigrés protégé protégée résumé
    résumés coup éclat détente démarche démarches tête naïve naïf vis-à-vis à pâté sauté purée séance touché blasé passé exposé
    exposés risqué cortège cortèges mêlée régime régimes rôle rôles débâcle débris éclair émincé voilà cachet matinée papier-mâché
    """
NATURALISED: Final = frozenset(listed(_NATURALISED))
