"""How fast epochreel is, side by side with what it replaces: `python -m tools.bench`."""
