"""One module per publisher's format; cells → observations, areas, links."""
