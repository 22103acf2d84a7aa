"""The redress office: a process, a schema, a database role and a key of its own (I12, I13).

Nothing of the house is imported but the law, proofs, and how a sealed card is opened. `cotejo.node.redress` starts it.
"""
