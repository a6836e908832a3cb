"""How the classifiers that ship with the package were made, and how good they are on pages they have not seen."""
