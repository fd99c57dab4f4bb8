"""管理, plans taken in and removed, and what was asked and not answered."""
