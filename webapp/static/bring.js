// Bringing a translation: the language of the field, and repairs by keyboard. Without this file everything works by buttons.
(() => {
  const { say, keysEverywhere, keyOf } = window.quatrain;
  const $ = (selector, root = document) => root.querySelector(selector);
  const text = $(".bring #text");
  document.addEventListener("change", (event) => {
    if (text && event.target.name === "target") text.lang = event.target.value;
  });

  const radios = () => [...document.querySelectorAll("#repairs input[name='row']")];
  const choose = (radio) => {
    if (!radio) return;
    radio.checked = true;
    radio.focus({ preventScroll: true });
    radio.closest("li").scrollIntoView({ block: "nearest" });
  };
  const nextDoubtful = () => {
    const all = radios();
    const here = all.findIndex((radio) => radio.checked);
    const open = (radio) => radio.closest("li").matches(".doubtful, .missing:not(.settled), .added:not(.settled)");
    return all.slice(here + 1).find(open) ?? all.slice(0, Math.max(0, here)).find(open);
  };
  const tool = (key) => $(`#repairs button[aria-keyshortcuts="${key}"]`);

  document.addEventListener("keydown", (event) => {
    if (!$("#repairs") || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keysEverywhere()) return;
    if (event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, dialog[open], summary")) return;
    const key = keyOf(event).toLowerCase();
    if (key === "n") { event.preventDefault(); event.stopPropagation(); return choose(nextDoubtful()); }
    if (["arrowdown", "arrowup"].includes(key) && !event.target.matches("input[type=radio]")) {
      const all = radios();
      event.preventDefault();
      return choose(all.find((radio) => radio.checked) ?? all[0]);
    }
    const button = tool(key);
    if (!button) return;
    event.preventDefault();
    if (!button.disabled) button.click();
  }, true);

  document.addEventListener("htmx:afterSwap", (event) => {
    const beads = document.getElementById("beads");
    if (!beads || (event.target !== beads && event.detail.target?.id !== "beads")) return;
    const place = Number(beads.dataset.place);
    if (place >= 0) choose(radios()[Math.min(place, radios().length - 1)]);
    if (beads.dataset.said) say(beads.dataset.said);
  });
})();
