"""The command line, ``machiplan``."""
