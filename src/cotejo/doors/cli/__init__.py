"""What an operator types. The commands that need no more than memory and actions; `cotejo.node.command` mounts them."""
