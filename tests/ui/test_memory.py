"""What is free goes back to the system. In a process of its own: the allocator's settings hold for a whole process."""

import subprocess
import sys

import pytest

# Blocks too small to be given back one by one; every hundredth stays, as what caches hold does.
PROGRAM = """
import resource
from pathlib import Path
from ui.memory import give_back, hold_little

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6

hold_little()
blocks = [bytearray(50_000) for _ in range(4_000)]
full = resident()
kept = blocks[::100]
del blocks
give_back()
print(full - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_between_what_is_still_used_goes_back() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert float(ran.stdout) > 150  # of 200 MB
