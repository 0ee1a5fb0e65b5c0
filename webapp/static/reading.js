// The reading view: a sentence lights up in every column, keys move from sentence to sentence, columns change at once.
(() => {
  const { keysEverywhere, keyOf } = window.quatrain;
  const sheet = document.getElementById("sheet");
  document.getElementById("columns").addEventListener("change", (event) => event.currentTarget.requestSubmit());

  const beside = (sentence) => sentence.closest(".row").querySelectorAll(`.s[data-s="${sentence.dataset.s}"]`);
  let lit = null;
  const light = (sentence) => {
    if (lit === sentence) return;
    if (lit) for (const one of beside(lit)) one.classList.remove("on");
    lit = sentence;
    if (lit) for (const one of beside(lit)) one.classList.add("on");
  };
  sheet.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") light(event.target.closest(".s")); });
  sheet.addEventListener("pointerleave", () => light(null));
  sheet.addEventListener("click", (event) => light(event.target.closest(".s")));
  sheet.addEventListener("focusout", () => light(null));

  let current = null;
  const rove = (sentence) => {
    if (current) current.tabIndex = -1;
    current = sentence;
    if (current) current.tabIndex = 0;
  };
  sheet.addEventListener("focusin", (event) => {
    const sentence = event.target.closest(".s");
    if (sentence) { rove(sentence); light(sentence); }
  });
  const go = (sentence) => {
    if (!sentence) return;
    sentence.focus({ preventScroll: true });
    sentence.scrollIntoView({ block: "nearest" });
  };
  const along = (sentence, step) => {
    const all = [...sheet.querySelectorAll(`.cell[data-column="${sentence.closest(".cell").dataset.column}"] .s`)];
    return all[all.indexOf(sentence) + step];
  };
  const across = (sentence, step) => {
    const all = [...beside(sentence)];
    return all[all.indexOf(sentence) + step];
  };
  const moves = {
    ArrowDown: (s) => along(s, 1), j: (s) => along(s, 1), ArrowUp: (s) => along(s, -1), k: (s) => along(s, -1),
    ArrowRight: (s) => across(s, 1), l: (s) => across(s, 1), ArrowLeft: (s) => across(s, -1), h: (s) => across(s, -1),
  };
  sheet.addEventListener("keydown", (event) => {
    const sentence = event.target.closest(".s");
    if (!sentence || event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[keyOf(event)]) { event.preventDefault(); go(moves[keyOf(event)](sentence)); }
    else if (event.key === "Escape") sentence.blur();
  });
  document.addEventListener("keydown", (event) => {
    if (keyOf(event) !== "j" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keysEverywhere()) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open], .s")) return;
    event.preventDefault();
    go(current);
  });
  rove(sheet.querySelector(".s"));
})();
