"""`python -m cotejo.node`: the same as the console script `cotejo`."""

from cotejo.node.command import main

main()
