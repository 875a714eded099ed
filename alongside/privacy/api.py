"""The privacy room's names for the other rooms."""

from .sealing import CannotOpen, fingerprint, forget_keys, seal, unseal

__all__ = ["CannotOpen", "fingerprint", "forget_keys", "seal", "unseal"]
