"""How the project is locked, installed and packed."""
