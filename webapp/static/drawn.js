// The picture of a sentence's word links: pointing at a word brings out its curves and what they lead to.
(() => {
  const reach = (curves, key, from, to) => { // all the way down, or all the way up
    const found = new Set([key]);
    for (let size = 0; size !== found.size;) {
      size = found.size;
      for (const curve of curves) if (found.has(curve.dataset[from])) found.add(curve.dataset[to]);
    }
    return found;
  };
  const light = (picture, key) => {
    const curves = [...picture.querySelectorAll(".curve")];
    const ways = key ? [reach(curves, key, "from", "to"), reach(curves, key, "to", "from")] : [];
    picture.classList.toggle("pointed", Boolean(key));
    for (const word of picture.querySelectorAll("text")) word.classList.toggle("on", ways.some((way) => way.has(word.dataset.word)));
    for (const curve of curves) {
      curve.classList.toggle("on", ways.some((way) => way.has(curve.dataset.from) && way.has(curve.dataset.to)));
    }
  };
  document.addEventListener("pointerover", (event) => {
    const picture = event.target.closest?.(".drawn svg");
    if (picture) light(picture, event.target.closest("text")?.dataset.word);
  });
  document.addEventListener("pointerout", (event) => {
    const picture = event.target.closest?.(".drawn svg");
    if (picture && !picture.contains(event.relatedTarget)) light(picture, null);
  });
})();
