"""The box with several keys: comments are locked when they are written, and several people must come to open them.

A *key* is 33 words on paper; its *keeper* is a role, never a name. While keys come together on a screen, the page
carries them, sealed: that is a *gathering*. Nothing here, and no table, ever holds a key or the box's private key.
"""
