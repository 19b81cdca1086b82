"""IP addresses and names of this machine, without an HTTP library: commands need them, too."""

from ipaddress import IPv4Address, IPv6Address, ip_address


def as_address(name: str) -> IPv4Address | IPv6Address | None:
    """Return an IP address; None if the text is not one."""
    try:
        return ip_address(name)
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """True if an address or name is reached from this machine only."""
    address = as_address(host)
    return host.lower() == "localhost" if address is None else address.is_loopback
