"""`lockstep bench`: what the product costs, measured against targets as ratios within one run."""
