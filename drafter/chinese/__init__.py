"""Chinese as official texts write it: numerals, enumeration marks, punctuation, spoken length."""
