"""By which paths does igmesine reach cGMP? With net sign and ground."""


def answer(graph):
    paths = graph.paths("igmesine", "cGMP", max_length=5)
    rows = [(" > ".join(path.nodes), path.sign, path.certainty, path.basis) for path in paths]
    return ("path", "sign", "certainty", "basis"), rows
