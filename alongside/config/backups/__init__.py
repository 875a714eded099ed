"""One sealed file that brings the installation back on another machine, and the way back from it.

A *backup* holds the database, the secrets and everything else of the data folder that can't be made again. A
*passphrase* seals it, because it holds the keys. A *restore* checks all of it before it touches anything.
"""
