"""People: accounts, roles, profile; export everything, delete everything."""
