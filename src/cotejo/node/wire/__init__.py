"""The line between two nodes: the exchange listener, the sender, and the parts of documents on their way."""
