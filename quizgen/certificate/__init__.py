"""The certificate of a template: what is found when many of its variants are made, and what must not be found."""
