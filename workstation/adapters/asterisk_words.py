"""What an Asterisk exchange writes beside a channel."""

from workstation.adapters.asterisk_link import Message


def variable(channel: Message, name: str) -> str:
    """Return a channel's variable; empty where it has none, or manager.conf does not name it."""
    return channel.get(f"ChanVariable({name})", "")


def number(channel: Message) -> str:
    """Return the citizen's number: the one called back, or as the dialplan let it through, or none."""
    found = variable(channel, "NUMBER") or channel.get("CallerIDNum", "")
    return found if found.removeprefix("+").isdigit() else ""
