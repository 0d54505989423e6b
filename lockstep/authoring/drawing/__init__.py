"""A policy's flow as a picture: `flow` says what is in it, `layout` where, `svg` and `mermaid` draw."""
