"""Who asks, as far as a network shows it: what requests are counted by."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.types import Scope

NOBODY = "unknown"


def client_of(scope: Scope) -> str:
    """Return the client of a request as text of a bounded length: an IPv4 address, or the /64 network of an IPv6 one.

    One subscriber has a whole /64, and may take another address of it for every request.

    >>> client_of({"client": ("192.0.2.7", 4711)}), client_of({"client": ("2001:db8:1:2:3::4", 1)})
    ('192.0.2.7', '2001:db8:1:2::/64')
    >>> client_of({"client": ("::ffff:192.0.2.7", 1)}), client_of({"client": None}), client_of({"client": ("x" * 9999, 0)})
    ('192.0.2.7', 'unknown', 'unknown')
    """
    host = str((scope.get("client") or (NOBODY,))[0])
    try:
        address = ip_address(host[:64].partition("%")[0])
    except ValueError:
        return NOBODY
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address) if address.is_loopback else str(IPv6Network((address, 64), strict=False))


def is_this_machine(client: str) -> bool:
    """Return whether a client (of ``client_of``) is a program on the server's own machine.

    >>> [is_this_machine(client) for client in ("127.0.0.1", "::1", "192.0.2.7", "2001:db8::/64", NOBODY)]
    [True, True, False, False, False]
    """
    return client == "::1" or client.startswith("127.")
