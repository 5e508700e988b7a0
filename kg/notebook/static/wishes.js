// What is looked for: source, target, the longest path, filters of sign, basis and document.
const wishesOf = (model, wish, ask, key) => {
  const { make, button } = elements;
  const labelled = (label, name, control, className = "") => {
    control.id = `${key}-${name}`;
    const text = make("label", "", label);
    text.htmlFor = control.id;
    return make("div", `kg-field ${className}`, text, control);
  };
  const option = (value, label) => {
    const made = make("option", "", label);
    made.value = value;
    return made;
  };
  const chosen = (name, label, options) => {
    const control = make("select", "", ...options.map(([value, text]) => option(value, text)));
    control.addEventListener("change", () => wish({ [name]: control.value }));
    return { control, element: labelled(label, name, control) };
  };
  const source = comboboxOf("Source", `${key}-source`, ask, (id) => wish({ source: id }));
  const target = comboboxOf("Target", `${key}-target`, ask, (id) => wish({ target: id }));
  const swap = marked(button("kg-swap", () => wish({ source: model.get("target"), target: model.get("source") }), "⇄"), { "aria-label": "Swap source and target", title: "Swap source and target" });
  const length = marked(make("input"), { type: "number", min: 1, max: 10, step: 1 });
  length.addEventListener("change", () => {
    const value = Math.min(10, Math.max(1, Math.round(Number(length.value)) || model.get("max_length")));
    length.value = String(value);
    if (value !== model.get("max_length")) wish({ max_length: value });
  });
  const sign = chosen("sign", "Net sign", [["any", "any"], ["+", "+ (raises)"], ["-", "− (lowers)"]]);
  const basis = chosen("basis", "Basis", [["any", "documents and background"], ["document", "document claims only"]]);
  const papers = model.get("_documents").map((row) => [row.id, row.title]);
  const document_ = chosen("document", "Document", [["", "all documents"], ...papers]);
  const filters = make("div", "kg-row", labelled("At most (arrows)", "length", length, "kg-short"), sign.element, basis.element, document_.element);
  const update = () => {
    const names = model.get("_names");
    source.show(names.source || model.get("source"));
    target.show(names.target || model.get("target"));
    length.value = String(model.get("max_length"));
    for (const [name, part] of Object.entries({ sign, basis, document: document_ })) {
      const value = model.get(name);
      if (![...part.control.options].some((known) => known.value === value)) part.control.append(option(value, value));
      part.control.value = value;
    }
  };
  return { element: make("div", "kg-wishes", make("div", "kg-row", source.element, swap, target.element), filters), update };
};
