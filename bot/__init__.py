"""How it talks: domain, rules, policies, channels, launcher."""
