"""The place in an order's subject: as much as there is room for, and each part once."""


def place_in_subject(region: str, address: str, room: int) -> str:
    """Return as much of the place as there is room for; half an address would be another one."""
    whole = region + address[_said_already(region, address) :]
    return next((place for place in (whole, region) if len(place) <= room), "")


def _said_already(region: str, address: str) -> int:
    """Return how many characters at the address's head only repeat the region, or its last parts."""
    at = next((at for at in range(len(region) - 1) if address.startswith(region[at:])), len(region))
    return len(region) - at


def tells_place(matter: str, place: str, address: str) -> bool:
    """Say whether the caller's own words name the place already: it begins with it, or holds the whole address."""
    return bool(place and matter.startswith(place)) or bool(address and address in matter)
