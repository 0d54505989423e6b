"""From HR's YAML to a policy that can be pinned to a hire, and back into plain sentences and a drawing."""
