"""Installs the network guard in every Python that a test starts: Python imports this module when it begins."""

import os
from pathlib import Path

import network_guard

if log := os.environ.get(network_guard.LOG_VARIABLE):
    network_guard.install(Path(log))
