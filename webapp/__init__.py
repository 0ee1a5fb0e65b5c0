"""Quatrain: French articles in English, Russian and Korean, translated offline, aligned and reviewed side by side."""
