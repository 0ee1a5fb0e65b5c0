"""French words that are written with a capital and are no person's name: articles at the beginning, countries, institutions."""

from typing import Final

from webapp.checks.tables.listed import listed

_WORDS: Final = """
    Le La Les Un Une Des Du De Au Aux En Ce Cet Cette Ces Son Sa Ses Leur Leurs Notre Nos Votre Vos Mon Ma Mes Sur Sous Dans
    Par Pour Avec Sans Selon Chez Entre Vers Après Avant Depuis Pendant Dès Devant Derrière Contre Malgré Face Quand Quant Si
    Et Mais Or Ni Car Donc Où Qui Que Quel Quelle Il Elle Ils Elles On Nous Vous Je Tu Lui Moi Tout Tous Toute Toutes Plus
    Moins Très Trop Ainsi Alors Aussi Même Comme Comment Pourquoi Premier Première Premiers État États Parlement Sénat
    Assemblée Conseil Cour Cours Chambre Commission Union Nations Unies Ligue Haut Haute République Royaume-Uni Royaume
    Pays-Bas États-Unis Corée Nord Sud Est Ouest Sahara Maison-Blanche Maison Blanche Banque Bourse Bourses Palais Rue Jeux
    Coupe Grand Grande Petit Petite Nouveau Nouvelle Nouvelle-Zélande Côte-d'Ivoire Côte Mer Océan Golfe Proche-Orient
    Moyen-Orient Croix-Rouge Saint-Siège Manche Suède Havane Barbade Réunion Défense Justice Intérieur Affaires Finances
    Economie Économie Trésor Parti Front Armée Ministère Prix Festival Tour Jour Jours Guerre Traité Accord Sommet Palme Lion
    Ours Ours Tribunal Agence Office Institut Université École Fondation Fonds Guinée Bissau Équatoriale Afrique Amérique Asie
    Europe Arabie Saoudite Émirats Arabes Congo Soudan Timor Macédoine Bosnie Île Îles Mont Monts Lac Fleuve France Paris
    Londres Moscou Air Notre-Dame Stade Travail New York Angeles Unis Orient Pacifique Atlantique Méditerranée Noire Rouge
    Baltique Caraïbes Antarctique Arctique Deux Trois Quatre Cinq Six Sept Huit Neuf Dix Vingt Cent Mille Lundi Mardi Mercredi
    Jeudi Vendredi Samedi Dimanche Président Présidente Ministre Roi Reine Pape Prince Princesse Général Colonel Capitaine
    Maire Madame Monsieur Mme Mlle Dr Pr Se
    """

NOT_NAMES: Final = frozenset(listed(_WORDS))
