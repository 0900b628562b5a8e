"""The knowledge base as a book: plain HTML pages, one an entry, every number with its grounds, every name a link."""
