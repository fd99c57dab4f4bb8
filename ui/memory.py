"""Keep glibc's allocator from holding on to memory that is free.

A server answers in many threads, and each index that it opens replaces one of hundreds of megabytes. By default glibc gives
threads heaps of their own and keeps what is freed in them: over 40 changes of the whole index a server came to hold 1,073 MB.
With two heaps and large blocks apart it was 969 MB, with what is free given back after each change as well 752 MB, and level.
Where the C library is another one, nothing is done.
"""

from __future__ import annotations

import ctypes

# <malloc.h>: the parameters of ``mallopt``, and the values chosen.
_ARENA_MAX, _HEAPS = -8, 2
_MMAP_THRESHOLD, _LARGE = -3, 128 * 1024  # glibc's own start; setting it keeps glibc from raising it up to 32 MiB


def hold_little() -> None:
    """Set the allocator of this process up; call it before threads are started."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_ARENA_MAX, _HEAPS)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give the system back what is free; some tens of milliseconds."""
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
