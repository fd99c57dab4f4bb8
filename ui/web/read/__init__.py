"""計画を読む, a plan as it stands, with its contents, a search and its glossary."""
