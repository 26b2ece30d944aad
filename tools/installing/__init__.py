"""What tools/set_up.py is made of: the system's packages, the virtual environment, Python's."""
