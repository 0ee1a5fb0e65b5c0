// Runs before the first paint: puts back what the reader chose for the article page, so that nothing jumps.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  const read = (name) => { try { return localStorage.getItem(name) || ""; } catch { return ""; } };
  const hidden = read("quatrain.hide");
  if (hidden) root.dataset.hide = hidden;
  if (read("quatrain.pivot")) root.dataset.pivot = "";
  if (read("quatrain.show")) root.dataset.show = read("quatrain.show");
})();
