// The article page: sentences light up together, keys move among them, columns hide, nothing jumps while rows fill in.
(() => {
  const { store, say, keysEverywhere, keyOf } = window.quatrain;
  const root = document.documentElement;
  const sheet = document.getElementById("sheet");
  const columns = [...sheet.querySelectorAll(".head")].map((head) => head.dataset.column);
  const isNarrow = matchMedia("(max-width: 47.5rem)");

  // --- lights ---------------------------------------------------------------------------------------------------------
  let lit = null; // { row, number } of the sentence pointed at
  let pinned = null;
  const paint = (place, on) => {
    const row = place && document.getElementById(place.row);
    if (!row) return;
    row.classList.toggle("lit", on);
    for (const s of row.querySelectorAll(`[data-s="${place.number}"]`)) s.classList.toggle("on", on);
  };
  const light = (place) => {
    if (lit && place && lit.row === place.row && lit.number === place.number) return;
    paint(lit, false);
    lit = place ?? pinned ?? placeOf(sheet.querySelector(".s.editing")); // the open sentence stays lit
    paint(lit, true);
  };
  window.quatrain.light = (sentence) => light(placeOf(sentence));
  const placeOf = (sentence) => sentence && { row: sentence.closest(".row").id, number: sentence.dataset.s };
  const pin = (sentence) => {
    const place = placeOf(sentence);
    const again = pinned && pinned.row === place.row && pinned.number === place.number;
    pinned = again ? null : place;
    light(pinned);
  };
  sheet.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") light(placeOf(event.target.closest("[data-s]")));
  });
  sheet.addEventListener("pointerleave", () => light(null));
  sheet.addEventListener("focusin", (event) => {
    const sentence = event.target.closest(".s");
    if (sentence) { rove(sentence); light(placeOf(sentence)); }
  });
  sheet.addEventListener("focusout", () => light(null));
  sheet.addEventListener("click", (event) => {
    const sentence = event.target.closest(".s");
    if (!sentence || !getSelection().isCollapsed) return;
    if (event.target.closest("a")) { // a link of the text: followed from the French and by key; in a translation a click edits
      if (!sentence.dataset.id || !event.detail || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
    }
    sentence.dataset.id ? window.quatrain.openSentence(sentence) : pin(sentence);
  });

  // --- keys: one sentence of the sheet is in the tab order, arrows move it ------------------------------------------------
  let current = null;
  const rove = (sentence) => {
    if (current) current.tabIndex = -1;
    current = sentence;
    if (current) current.tabIndex = 0;
  };
  const visible = (column) => [...sheet.querySelectorAll(`.cell[data-column="${column}"] .s`)].filter((s) => s.getClientRects().length);
  const go = (sentence) => {
    if (!sentence) return;
    sentence.focus({ preventScroll: true });
    sentence.scrollIntoView({ block: "nearest" });
  };
  const beside = (sentence, step) => {
    const row = sentence.closest(".row");
    const shown = [...row.querySelectorAll(".cell")].filter((cell) => cell.getClientRects().length);
    const cell = shown[shown.indexOf(sentence.closest(".cell")) + step];
    return cell && (cell.querySelector(`.s[data-s="${sentence.dataset.s}"]`) ?? cell.querySelector(".s"));
  };
  const along = (sentence, step) => {
    const all = visible(sentence.closest(".cell").dataset.column);
    return all[all.indexOf(sentence) + step];
  };
  const moves = {
    ArrowDown: (s) => along(s, 1), j: (s) => along(s, 1), ArrowUp: (s) => along(s, -1), k: (s) => along(s, -1),
    ArrowRight: (s) => beside(s, 1), l: (s) => beside(s, 1), ArrowLeft: (s) => beside(s, -1), h: (s) => beside(s, -1),
    Home: (s) => visible(s.closest(".cell").dataset.column)[0], End: (s) => visible(s.closest(".cell").dataset.column).at(-1),
  };
  sheet.addEventListener("keydown", (event) => {
    const sentence = event.target.closest(".s");
    if (!sentence || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target.closest("a")) return; // a link of the text is followed
    if (moves[keyOf(event)]) { event.preventDefault(); go(moves[keyOf(event)](sentence)); }
    else if (event.key === "Enter" && sentence.dataset.id) { event.preventDefault(); window.quatrain.openSentence(sentence); }
    else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pin(sentence); light(placeOf(sentence)); }
    else if (event.key === "Escape") { pinned = null; sentence.blur(); }
  });
  const firstSentence = () => [...sheet.querySelectorAll(".s")].find((s) => s.getClientRects().length);
  rove(firstSentence());

  // --- columns, the pivot, the language beside the French ----------------------------------------------------------------
  const boxes = Object.fromEntries(columns.map((code) => [code, document.getElementById(`column-${code}`)]));
  const pivot = document.getElementById("show-pivot");
  const hidden = () => columns.filter((code) => !boxes[code].checked);
  const showColumns = () => {
    root.dataset.hide = hidden().join(" ");
    root.dataset.columns = columns.length - hidden().length;
    for (const code of columns) boxes[code].disabled = boxes[code].checked && hidden().length === columns.length - 1;
    if (!current?.getClientRects().length) rove(firstSentence());
    release();
  };
  const toggleColumn = (code) => {
    if (boxes[code].disabled) return;
    boxes[code].checked = !boxes[code].checked;
    boxes[code].dispatchEvent(new Event("change"));
  };
  const before = (root.dataset.hide ?? "").split(" ");
  for (const code of columns) {
    boxes[code].checked = !before.includes(code);
    boxes[code].addEventListener("change", () => {
      const elsewhere = (store.read("quatrain.hide") ?? "").split(" ").filter((c) => c && !columns.includes(c));
      store.write("quatrain.hide", [...hidden(), ...elsewhere].join(" "));
      showColumns();
    });
  }
  if (hidden().length === columns.length) for (const code of columns) boxes[code].checked = true;
  if (pivot) {
    pivot.checked = "pivot" in root.dataset;
    pivot.addEventListener("change", () => {
      pivot.checked ? root.dataset.pivot = "" : delete root.dataset.pivot;
      store.write("quatrain.pivot", pivot.checked ? "on" : "");
      release();
    });
  }
  const tabs = [...document.querySelectorAll(".tabs a")];
  const show = (code) => {
    root.dataset.show = code;
    for (const tab of tabs) tab.dataset.show === code ? tab.setAttribute("aria-current", "true") : tab.removeAttribute("aria-current");
    release();
  };
  for (const tab of tabs) tab.addEventListener("click", (event) => {
    event.preventDefault();
    store.write("quatrain.show", tab.dataset.show);
    show(tab.dataset.show);
  });
  show(columns.slice(1).includes(root.dataset.show) ? root.dataset.show : sheet.dataset.show);

  let touch = null; // a swipe along the sheet goes to the next language
  sheet.addEventListener("touchstart", (event) => { touch = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  sheet.addEventListener("touchend", (event) => {
    const end = event.changedTouches[0];
    if (!touch || !isNarrow.matches || !getSelection().isCollapsed) return;
    const [dx, dy] = [end.clientX - touch.clientX, end.clientY - touch.clientY];
    const next = columns[columns.indexOf(root.dataset.show) - Math.sign(dx)];
    if (Math.abs(dx) > 70 && Math.abs(dy) < 40 && next && next !== columns[0]) tabs.find((tab) => tab.dataset.show === next).click();
  }, { passive: true });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    if (!keysEverywhere() && !event.target.closest(".s")) return;
    const code = columns[Number(event.key) - 1];
    if (code) toggleColumn(code);
    if (keyOf(event) === "p" && pivot) pivot.click();
    if (keyOf(event) === "j") { event.preventDefault(); go(current); }
  });

  // --- rows fill in: no row in sight or above gets lower while they do, and the light stays where it was -------------------------------
  // One answer changes several cells: each row is measured once, the one with the open sentence before anything moves.
  let measured = new Map(); // row -> the height it keeps, none (null) below what is in sight
  const heightOf = (row) => {
    if (row.getBoundingClientRect().top >= innerHeight) return null;
    const open = row.querySelector(".open:not([hidden])"); // closes one day: its height is not the row's
    return row.offsetHeight - (open ? open.getBoundingClientRect().bottom - Math.max(...[...row.querySelectorAll(".cell")].map((cell) => cell.getBoundingClientRect().bottom)) : 0);
  };
  const hold = (row) => {
    if (measured.get(row) === "held") return;
    const height = measured.has(row) ? measured.get(row) : heightOf(row);
    measured.set(row, "held");
    if (height !== null) row.style.minHeight = `${height}px`;
  };
  document.addEventListener("htmx:beforeSwap", () => {
    const row = sheet.querySelector(".s.editing")?.closest(".row");
    measured = new Map(row ? [[row, heightOf(row)]] : []);
  });
  function release() { for (const row of sheet.querySelectorAll(".row[style]")) row.style.minHeight = ""; }
  addEventListener("resize", release);
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    const row = target.closest(".row");
    if (row) hold(row);
    else if (fragment.firstElementChild?.isEqualNode(target)) event.detail.shouldSwap = false; // it says what stands there
  });
  let following = false; // once for everything that an answer changes: htmx tells of each, again and again
  const follow = () => {
    following = false;
    paint(lit, true);
    if (!current?.isConnected) rove((current && document.getElementById(current.id)) ?? firstSentence());
  };
  document.addEventListener("htmx:oobAfterSwap", () => { if (!following) { following = true; queueMicrotask(follow); } });
  let wasOpen = Boolean(document.querySelector("#updates[hx-get]"));
  document.addEventListener("htmx:afterSettle", () => {
    const said = document.getElementById("job")?.dataset.say;
    if (wasOpen && said) { say(said); wasOpen = false; }
  });

  // --- print: everything, then the system's dialog -------------------------------------------------------------------------
  const print = document.getElementById("print");
  print.addEventListener("click", (event) => { if ("whole" in print.dataset) { event.preventDefault(); window.print(); } });
  if (location.hash === "#print") { history.replaceState(null, "", location.pathname + location.search); window.print(); }
  showColumns();
})();
