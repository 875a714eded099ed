"""Run as a process of its own: an installation with one open round. `python -m tests.walls.forensic.open_door DATA_DIR`

Prints the address of the round and its codes, as JSON.
"""

import json
import sys

from .play import Play, prepare

SLIPS = 4

if __name__ == "__main__":
    prepare(sys.argv[1])
    from alongside.listening.writes import make_codes

    play = Play(stirred=False)
    (round_,) = play.rounds(1)
    print(json.dumps({"address": round_.address, "codes": make_codes(play.ana, round_, SLIPS)}))
