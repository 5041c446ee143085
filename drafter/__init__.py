"""Composes Chinese official speeches offline from templates and a brief."""
