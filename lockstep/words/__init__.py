"""What we say to people: templates and the facts they may name."""
