"""Why a backup can't be made or restored. Every message is fit for the person who keeps the server."""


class BackupRefused(Exception):
    """Base of all refusals here."""


class NoRoom(BackupRefused):
    """The disk is full, or a file may not grow any further."""


class WrongPassphrase(BackupRefused):
    """The file does not open with this passphrase."""


class WrongKey(BackupRefused):
    """The file does not open with this key."""


class KeyRefused(BackupRefused):
    """What was named as a key is none."""


class Damaged(BackupRefused):
    """The file was changed, cut short, or is no backup."""


class TooNew(BackupRefused):
    """The backup was made by a newer version than the one that is installed."""


class InUse(BackupRefused):
    """Something is there already, or a server is running on it."""


class DatabaseRefused(BackupRefused):
    """The database can't be copied or filled."""
