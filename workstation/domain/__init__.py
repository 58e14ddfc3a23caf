"""Plain Python: the rules, tables and value objects of the matter itself."""
