"""Articles made from the knowledge base."""
