"""Which addresses belong to the open Internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

# IANA's special-purpose registries, each with the word for it, and what hosting providers put beside them.
_DENIED: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ip_network(network), word)
    for network, word in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's own metadata service"),
        ("169.254.0.0/16", "link-local, where metadata services live"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/96", "this machine"),
        ("64:ff9b:1::/48", "a local translation to IPv4"),
        ("100::/64", "discarded"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "for documentation"),
        ("3fff::/20", "for documentation"),
        ("5f00::/16", "reserved"),
        ("fc00::/7", "private (unique local)"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private (site-local)"),
        ("ff00::/8", "multicast"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = IPv6Network("2000::/3")


def why_denied(text: str) -> str | None:
    """Return in a word why this address is not one of the open Internet, or None when it is.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged as itself.
    """
    try:
        address = ip_address(text.split("%", 1)[0])
    except ValueError:
        return "not an address"
    inner = _inner(address)
    for network, word in _DENIED:
        if inner.version == network.version and inner in network:
            return word
    if isinstance(inner, IPv6Address) and inner not in _GLOBAL_UNICAST and inner not in _NAT64:
        return "reserved"
    return None


def _inner(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64:
        return IPv4Address(address.packed[-4:])
    return address
