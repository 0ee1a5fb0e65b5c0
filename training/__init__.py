"""Training of the starter packages.

Lives here: the corpus as data, and the scripts that lead from it to an Argos package.
Never here: anything that the product imports, and anything that imports the product.
Only ``model``, ``optimizers`` and ``train`` may import torch; the rest runs on what the product has.
"""
