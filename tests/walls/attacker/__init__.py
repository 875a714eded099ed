"""The attacker let loose on invented organizations. `make attack` runs thousands, the tests here some hundreds."""
