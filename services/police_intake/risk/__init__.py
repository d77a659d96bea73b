"""How dangerous may it be for her, who said so, and when is she asked again? It orders work; it is no evidence."""
