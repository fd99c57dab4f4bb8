"""比較, several towns beside each other, every cell cited."""
