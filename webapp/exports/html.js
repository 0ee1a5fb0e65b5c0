// The words of the exported file: links stand beside each source sentence, as data; pointing or tapping lights their counterparts.
(() => {
  const columnOf = (sentence) => sentence.closest("td").dataset.column;
  const words = window.quatrainWords({
    sentence: (node) => node?.closest("td span[data-s]") ?? null,
    number: (sentence) => sentence.dataset.s,
    column: columnOf,
    beside: (sentence) => [...sentence.closest("tr").querySelectorAll(`span[data-s="${sentence.dataset.s}"]`)],
  });
  const linksOf = (sentence) => {
    const source = sentence.closest("tr").querySelector(`td[data-column=""] span[data-s="${sentence.dataset.s}"]`);
    return { [sentence.dataset.s]: JSON.parse(source?.dataset.links || "{}") };
  };
  const showAt = (x, y) => {
    const found = words.at(x, y);
    found ? words.show(found.sentence, found.offset, linksOf(found.sentence)) : words.clear();
  };
  document.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") showAt(event.clientX, event.clientY); });
  document.addEventListener("click", (event) => showAt(event.clientX, event.clientY));
  // By keyboard: Tab goes from sentence to sentence of the source, w and b from word to word.
  document.addEventListener("keydown", (event) => {
    const sentence = event.target.closest?.("span[data-s]");
    if (!sentence || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "w" || event.key === "b") words.step(sentence, event.key === "w" ? 1 : -1, linksOf(sentence));
    if (event.key === "Escape") words.clear();
  });
})();
