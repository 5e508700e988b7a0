"""Pictures of the graph: a neutral `Scene`, its layout, and its renderers. Nothing heavy is loaded here."""
