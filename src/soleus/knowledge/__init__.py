"""The knowledge base: medical content as data, its schema, its loader and its checks."""
