// The glossary in the open sentence: its terms marked in the French, and a new one made of what is selected.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const frenchOf = (open) => open?.dataset?.sentence && document.getElementById(open.dataset.sentence.replace(/-[^-]+$/, "-fr"));

  // --- marks: painted over the text, which stays as it is ------------------------------------------------------------------
  const points = (text) => { // the places of code points in what the browser counts
    const places = [0];
    for (const letter of text) places.push(places.at(-1) + letter.length);
    return places;
  };
  const textsOf = (sentence) => {
    const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest(".m") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const rangeOf = (nodes, start, end) => {
    const range = new Range();
    let passed = 0;
    for (const node of nodes) {
      const after = passed + node.length;
      if (start >= passed && start < after) range.setStart(node, start - passed);
      if (end > passed && end <= after) { range.setEnd(node, end - passed); return range; }
      passed = after;
    }
    return null;
  };
  const paint = () => {
    if (!CSS.highlights) return;
    const open = document.getElementById("open");
    const opened = frenchOf(open); // the French itself is not sent again: what the open sentence knows of it is newer
    if (opened) { if (open.dataset.terms) opened.dataset.terms = open.dataset.terms; else delete opened.dataset.terms; }
    const ranges = [];
    for (const sentence of document.querySelectorAll(".s[data-terms]")) {
      const nodes = textsOf(sentence);
      const places = points(nodes.map((node) => node.data).join(""));
      for (const span of sentence.dataset.terms.split(" ")) {
        const [start, end] = span.split("-").map((point) => places[Number(point)]);
        const range = end === undefined ? null : rangeOf(nodes, start, end);
        if (range) ranges.push(range);
      }
    }
    CSS.highlights.set("term", new Highlight(...ranges));
  };
  let painting = false; // htmx tells of everything that an answer changed: it is painted once
  document.addEventListener("htmx:afterSettle", () => {
    if (painting) return;
    painting = true;
    queueMicrotask(() => { painting = false; paint(); });
  });
  paint();

  // --- a term from what is selected ----------------------------------------------------------------------------------------
  let french = "";
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const inside = chosen?.anchorNode?.parentElement?.closest('.cell[data-column="fr"]');
    if (inside && !chosen.isCollapsed) french = chosen.toString().replace(/\s+/g, " ").trim().slice(0, 200);
    else if (inside) french = "";
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const form = event.detail.target?.id === "drawer" ? $("#add-term", event.detail.target) : null;
    if (!form) return;
    const [source, target, field] = [$("#term-source"), $("#term-target"), document.getElementById("field")];
    source.value = french;
    target.value = field ? field.value.slice(field.selectionStart, field.selectionEnd).trim() : "";
    (source.value ? target : source).focus({ preventScroll: true });
  });
})();
