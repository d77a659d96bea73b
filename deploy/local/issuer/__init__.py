"""Who says who everybody is, where there is no identity provider? A small OpenID Connect issuer of invented staff."""
