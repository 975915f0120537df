# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Stories of an upgrade that must hold, played with ansible-playbook on the pretended machines of ansible-stubs.
# Usage: python3 ansible-stories SCRATCH SEEDS FIRST [PART]: also SEEDS random orders, the first of FIRST; only stories
#        whose name the pattern PART finds.
#        python3 ansible-stories SCRATCH without [PART]: each mechanism taken out of the playbook, where a story fails.
# SCUPGRADE is the program that renders the playbook; STORIES_SHOW shows all that is said. Prints what does not hold and
# "N passed, N failed".
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import automation
import mechanisms
import operations


def told(story):
    name, tell, base, *args = story
    try:
        mechanisms.there(name, base)
        tell(base, *args)
        return ""
    except Exception as error:  # pylint: disable=broad-except
        return "%s: %s: %s" % (name, type(error).__name__, error)


def all_of(seeds, is_chosen):
    """(name, what tells it, its arguments...) of the stories whose name is chosen."""
    for product in (operations, automation):
        name = product.__name__ + " in trouble, seed %d"
        told_by = [(tell.__name__, tell) for tell in product.STORIES]
        told_by += [(name % seed, product.trouble, seed) for seed in seeds]
        chosen = [story for story in told_by if is_chosen(story[0])]
        base = product.prepared() if chosen else None
        yield from ((story[0], story[1], base, *story[2:]) for story in chosen)


def main():
    if sys.argv[2] == "without":
        part = " ".join(sys.argv[3:])
        chosen = list(mechanisms.taken_out(lambda names: all_of([], names.__contains__), part))
    else:
        seeds, first, part = int(sys.argv[2]), int(sys.argv[3]), " ".join(sys.argv[4:])
        chosen = list(all_of(range(first, first + seeds), lambda name: re.search(part, name)))
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        results = list(pool.map(told, chosen))
    for result in filter(None, results):
        print(result)
    failed = sum(bool(result) for result in results)
    print("%d passed, %d failed" % (len(results) - failed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
