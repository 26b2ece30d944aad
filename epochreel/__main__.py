"""`python -m epochreel` is the command line."""

from epochreel.cli import main

main()
