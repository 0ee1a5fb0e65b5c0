// Word links on the sheet: fetched for one paragraph when somebody points at it, shown on hover, by keys and by tap.
(() => {
  const { store, keysEverywhere, keyOf } = window.quatrain;
  const sheet = document.getElementById("sheet");
  const source = sheet.dataset.source;
  const box = document.getElementById("show-links");
  const told = document.getElementById("said-words");
  const words = window.quatrainWords({
    sentence: (node) => node?.closest("#sheet .s") ?? null,
    number: (sentence) => sentence.dataset.s,
    column: (sentence) => { const { column } = sentence.closest(".cell").dataset; return column === source ? "" : column; },
    beside: (sentence) => [...sentence.closest(".row").querySelectorAll(`.s[data-s="${sentence.dataset.s}"]`)],
  });
  const isOn = () => !box || box.checked;
  if (box) {
    box.checked = store.read("quatrain.words") !== "off";
    box.addEventListener("change", () => { store.write("quatrain.words", box.checked ? "" : "off"); words.clear(); });
  }

  // --- links of a row: asked for once, and again when something in it changed or they were only derived -----------------------
  const AGAIN_MS = 4000;
  const known = new Map();
  const fetchRow = async (id) => {
    const address = sheet.dataset.links.replace(/\/0\/links$/, `/${Number(id.slice(1)) - 1}/links`);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const linksOf = (row) => {
    const entry = known.get(row.id);
    if (entry && (entry.exact || Date.now() - entry.at < AGAIN_MS)) return entry.promise;
    const fresh = { at: Date.now(), exact: true };
    fresh.promise = fetchRow(row.id).then(
      (found) => { fresh.exact = found.exact; return found.sentences; },
      () => { known.delete(row.id); return {}; },
    );
    known.set(row.id, fresh);
    return fresh.promise;
  };
  document.addEventListener("htmx:oobBeforeSwap", (event) => { // after it, what was swapped is in no row any more
    const row = event.detail.target.closest(".row");
    if (row) { known.delete(row.id); words.clear(); }
  });

  // --- pointing ---------------------------------------------------------------------------------------------------------------
  let pinned = false;
  let wanted = 0;
  const showAt = async (found, pin = false) => {
    const turn = ++wanted;
    if (!found) { words.clear(); pinned = false; return; }
    const links = await linksOf(found.sentence.closest(".row"));
    if (turn !== wanted) return;
    pinned = Boolean(words.show(found.sentence, found.offset, links)) && pin;
  };
  let frame = 0;
  sheet.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || pinned || event.buttons || !isOn()) return;
    cancelAnimationFrame(frame);
    const inSentence = event.target.closest(".s");
    frame = requestAnimationFrame(() => showAt(inSentence ? words.at(event.clientX, event.clientY) : null));
  });
  sheet.addEventListener("pointerleave", () => { cancelAnimationFrame(frame); if (!pinned) showAt(null); });
  let touched = false;
  sheet.addEventListener("pointerup", (event) => { touched = event.pointerType !== "mouse"; });
  sheet.addEventListener("click", (event) => {
    if (!touched || !isOn() || !event.target.closest(".s") || !getSelection().isCollapsed) return;
    showAt(words.at(event.clientX, event.clientY), true);
  });

  // --- keys: word by word in the sentence that has the focus -----------------------------------------------------------------------
  const tell = (found) => {
    told.replaceChildren();
    if (!found) return;
    const say = (text, lang) => { const span = document.createElement("span"); span.lang = lang; span.textContent = `${text} `; told.append(span); };
    say(`${found.text}:`, found.sentence.closest("[lang]").lang);
    for (const word of found.words) say(word.text, word.element.closest("[lang]").lang);
  };
  const goes = { w: 1, b: -1 };
  sheet.addEventListener("keydown", async (event) => {
    const sentence = event.target.closest(".s");
    if (!sentence || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") { pinned = false; words.clear(); told.replaceChildren(); return; }
    if (!goes[keyOf(event)] || !isOn()) return;
    event.preventDefault();
    const turn = ++wanted;
    const links = await linksOf(sentence.closest(".row"));
    if (turn !== wanted) return;
    const found = words.step(sentence, goes[keyOf(event)], links);
    pinned = Boolean(found);
    tell(found ?? words.shown);
  });
  sheet.addEventListener("focusout", () => { if (pinned) { pinned = false; words.clear(); } });
  document.addEventListener("keydown", (event) => {
    // Elsewhere on the page the same keys begin with the sentence that is in the tab order.
    if (!goes[keyOf(event)] || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keysEverywhere()) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open], #sheet .s") || !isOn()) return;
    const sentence = sheet.querySelector(".s[tabindex='0']");
    if (!sentence) return;
    event.preventDefault();
    sentence.focus({ preventScroll: true });
    sentence.scrollIntoView({ block: "nearest" });
    sentence.dispatchEvent(new KeyboardEvent("keydown", { key: keyOf(event), bubbles: true, cancelable: true }));
  });
})();
