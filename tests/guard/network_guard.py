"""Notices every connection and name look-up that leaves this machine, in the process that installs it.

A Python audit hook sees each of them before it happens, whichever library asks, and cannot be taken out again.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Callable
from pathlib import Path

LOG_VARIABLE = "NETWORK_GUARD_LOG"
LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"}


class OutsideConnectionError(OSError):
    """Something asked for a connection to, or the address of, a host that is not this machine."""


def _of_address(arguments: tuple[object, ...]) -> object:
    """Return the host of ``(socket, address)``; a path (a Unix socket) or no address at all is local."""
    address = arguments[1]
    return address[0] if isinstance(address, tuple) and address and not isinstance(address[0], int) else None


def _first(arguments: tuple[object, ...]) -> object:
    return arguments[0]


HOST_IN: dict[str, Callable[[tuple[object, ...]], object]] = {
    "socket.connect": _of_address,
    "socket.sendto": _of_address,
    "socket.sendmsg": _of_address,
    "socket.getaddrinfo": _first,
    "socket.gethostbyname": _first,
    "socket.gethostbyaddr": _first,
}


def is_outside(host: object) -> bool:
    """Return whether a host as Python's socket calls take it is not this machine.

    >>> [is_outside(host) for host in (None, "127.0.0.1", b"localhost", "::1", "0.0.0.0", "192.0.2.1", "example.org")]
    [False, False, False, False, False, True, True]
    """
    if host is None:
        return False
    name = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host)
    if name.lower() in LOCAL_NAMES:
        return False
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return True
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return not (address.is_loopback or address.is_unspecified)


def install(log: Path) -> None:
    """From now on, stop every call that leaves this machine and write a line about it to ``log``."""

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event not in HOST_IN or not is_outside(host := HOST_IN[event](arguments)):
            return
        with log.open("a", encoding="utf-8") as lines:
            lines.write(f"{event} {host!r} in {' '.join(sys.argv[:3])!r}\n")
        raise OutsideConnectionError(f"{event} to {host!r} leaves this machine; the tests run offline.")

    sys.addaudithook(watch)
