"""Long work in a process of its own, so that questions go on being answered: its start, its progress, its end."""
