// The open sentence: opened in its row, kept while one types, left by keys; what is said near where it happened.
(() => {
  const { say, keysEverywhere, keyOf, letterAt } = window.quatrain;
  const $ = (selector, root = document) => root.querySelector(selector);
  const sheet = document.getElementById("sheet");
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const editor = () => { const open = document.getElementById("open"); return open && !open.hidden && open.dataset.row ? open : null; };
  const field = () => document.getElementById("field");
  const sentenceAt = (open) => open && document.getElementById(open.dataset.sentence);
  const isDirty = () => field() && field().value !== field().dataset.saved;

  // --- asking the server: one thing at a time, the open sentence answers ---------------------------------------------------
  let running = false;
  const waiting = []; // what was asked while an answer was on its way
  const ask = (verb, address, more = {}) => {
    const here = editor();
    if (here) {
      here.classList.add("busy");
      document.getElementById("edit").dataset.sent = "1";
      field().readOnly = true;
    }
    quiet();
    running = true;
    return window.htmx.ajax(verb, address, { source: document.getElementById("open"), target: "#open", swap: "outerHTML", ...more })
      .catch(() => { /* said near the field by quatrain.js */ })
      .finally(() => {
        running = false;
        revive(document.getElementById("open"));
        waiting.shift()?.();
      });
  };
  const soon = (act) => { running ? waiting.push(act) : act(); };
  const revive = (here) => {
    // Still there after an answer: it was refused or never came, and writing goes on.
    const form = here && here.querySelector("#edit");
    if (!form || !form.dataset.sent) return;
    here.classList.remove("busy");
    delete form.dataset.sent;
    field().readOnly = false;
  };
  const addressOf = (sentence) => sheet.dataset.edit.replace(/0\/xx$/, `${sentence.dataset.id}/${sentence.closest(".cell").dataset.column}`);
  const neighbour = (sentence, step) => {
    if (!sentence) return null;
    const column = sentence.closest(".cell").dataset.column;
    const inRow = (row) => [...row.querySelectorAll(`.cell[data-column="${column}"] .s`)];
    let row = sentence.closest(".row");
    const here = inRow(row);
    const near = here[here.indexOf(sentence) + step];
    if (near) return near;
    do row = step > 0 ? row.nextElementSibling : row.previousElementSibling; while (row && !row.matches(".row"));
    return row ? inRow(row).at(step > 0 ? 0 : -1) : null;
  };
  const values = (form, what) => {
    const untouched = isDirty() || document.getElementById("conflict") ? {} : { untouched: "1" };
    const step = { next: 1, previous: -1 }[what.split("-")[1]];
    const beside = step && sheet.dataset.filtered === undefined ? neighbour(sentenceAt(editor()), step) : null;
    return { ...Object.fromEntries(new FormData(form)), ...untouched, ...(beside ? { beside: beside.dataset.id } : {}), do: what };
  };
  const send = (what, more = {}) => {
    const form = document.getElementById("edit");
    if (form) ask("POST", form.getAttribute("action"), { values: { ...values(form, what), ...more } });
  };
  const open = (sentence) => {
    const here = editor();
    if (here && here.dataset.sentence === sentence.id) return field().focus();
    if (here && isDirty()) {
      const form = document.getElementById("edit");
      const goal = addressOf(sentence);
      const stays = here.dataset.sentence;
      ask("POST", form.getAttribute("action"), { values: values(form, "save-close") }).then(() => {
        if (!editor() || editor().dataset.sentence !== stays) ask("GET", goal);
      });
      return;
    }
    ask("GET", addressOf(sentence));
  };
  window.quatrain.openSentence = (sentence) => soon(() => open(sentence));

  // --- in place: the editor goes to its row, and nothing above it moves ---------------------------------------------------
  let held = null; // where the row of interest was before a swap
  const measure = () => {
    const here = editor();
    const row = here ? here.closest(".row") : null;
    held = row ? { row: row.id, top: row.getBoundingClientRect().top } : null;
  };
  const settleIn = (opened) => {
    const row = document.getElementById(opened.dataset.row);
    if (!row) return fetchRow(opened);
    const before = row.getBoundingClientRect().top;
    if (opened.parentElement !== row) row.append(opened);
    const sentence = sentenceAt(opened);
    mark(sentence);
    if (isMac) for (const key of opened.querySelectorAll("kbd")) key.textContent = key.textContent.replace("Ctrl", "⌘").replace("Alt", "⌥");
    const text = field();
    fit(text);
    // What was above the old place is shorter now: the new row stays where it was on the screen.
    const reference = held && held.row !== row.id ? before : held ? held.top : before;
    const moved = row.getBoundingClientRect().top - reference;
    if (held && Math.abs(moved) > 1 && held.row === row.id) scrollBy(0, moved);
    bringIntoSight(sentence, opened);
    if (!opened.contains(document.activeElement) || document.activeElement === text) {
      text.focus({ preventScroll: true });
      if (!text.dataset.placed) { text.setSelectionRange(text.value.length, text.value.length); text.dataset.placed = "1"; }
    }
    window.quatrain.light?.(sentence);
  };
  const bringIntoSight = (sentence, opened) => {
    const over = $(".heads", sheet);
    const [heads, stuck] = [over.getBoundingClientRect().bottom, over.offsetHeight];
    const floor = innerHeight - ($(".tabs")?.offsetHeight ?? 0);
    const french = document.getElementById(opened.dataset.sentence.replace(/-[^-]+$/, "-fr"));
    const [top, bottom] = [(french?.getClientRects().length ? french : sentence)?.getBoundingClientRect().top ?? 0, opened.getBoundingClientRect().bottom];
    if (top < heads + 8) scrollBy(0, top - heads - 16);
    else if (bottom > floor - 8) { // as much as the French allows, but the field always
      const least = field().getBoundingClientRect().bottom - floor + 16;
      scrollBy(0, Math.max(least, Math.min(bottom - floor + 16, top - stuck - 16)));
    }
  };
  const fetchRow = (opened) => {
    // Rows far away are loaded when they come near; one just below is fetched, any other gets a page of its own.
    const more = document.getElementById("more");
    const last = [...sheet.querySelectorAll(".row")].at(-1);
    const [wanted, reached] = [Number(opened.dataset.row.slice(1)), Number(last?.id.slice(1) ?? 0)];
    if (more && wanted > reached && wanted <= reached + 60) {
      opened.hidden = true;
      document.addEventListener("htmx:afterSettle", () => { opened.hidden = false; settleIn(opened); }, { once: true });
      window.htmx.trigger(more, "wanted");
      return;
    }
    location.assign(`${location.pathname}?open=${opened.querySelector("#edit").getAttribute("action").split("/").slice(-2).join("-")}#open`);
  };
  let editing = null;
  const mark = (sentence) => {
    if (editing && editing !== sentence) editing.classList.remove("editing");
    editing = sentence ?? null;
    if (editing) editing.classList.add("editing");
  };
  const fit = (text) => {
    if (!text || CSS.supports("field-sizing", "content")) return;
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
  };
  const closed = (place) => {
    mark(null);
    if (place.dataset.focus) {
      const sentence = document.getElementById(place.dataset.focus);
      sentence?.focus({ preventScroll: true });
    }
    document.body.append(place);
  };
  const goAhead = (answer) => {
    // The editor that is left goes to the row of the next one before that takes its place: the page is laid out once, not twice.
    const here = editor();
    const row = document.getElementById(/^\s*<div class="open"[^>]* data-row="(p\d+)"/.exec(answer)?.[1] ?? "");
    if (here && row && here.parentElement !== row) row.append(here);
  };
  let settled = null; // htmx tells of one answer once for everything that it changed
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "open") return;
    measure();
    if (event.detail.shouldSwap) goAhead(event.detail.serverResponse);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "open" && event.target.id !== "open") return;
    const place = document.getElementById("open");
    if (!place || place === settled) return;
    settled = place;
    if (place.hidden) closed(place); else settleIn(place);
    tell();
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (sheet.dataset.filtered === undefined) return;
    event.detail.parameters.rows = [...sheet.querySelectorAll(".row")].map((row) => Number(row.id.slice(1)) - 1).join(",");
  });

  // --- the machine answers while a sentence is open -----------------------------------------------------------------------
  let stale = false; // the open sentence may have changed without having been asked
  let aside = false; // whether what is being swapped in is the answer to something else
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asker = event.detail.requestConfig?.elt;
    aside = asker?.id === "updates" || Boolean(event.detail.requestConfig?.path.endsWith("/undo"));
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const here = editor();
    // Said once the open sentence has found its place: before, every place would have to be laid out for it.
    if (event.detail.target?.id === "message" || event.target.id === "message") queueMicrotask(tell);
    const cell = event.detail.target;
    if (!cell?.classList?.contains("cell")) return;
    if (here) mark(sentenceAt(here));
    count();
    if (here && cell.id === `${here.dataset.row}-${here.dataset.column}` && aside) stale = true;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!stale || !editor() || event.target.id === "open") { if (event.target.id === "open") stale = false; return; }
    if ($("#drawer :is(input, textarea):focus", editor())) return; // somebody writes a comment or a term: later
    stale = false;
    // What was being typed is kept first: the sentence opens again with it.
    const form = document.getElementById("edit");
    if (isDirty()) keep().then(() => ask("GET", form.getAttribute("action")));
    else ask("GET", form.getAttribute("action"));
  });

  // --- what is typed is kept --------------------------------------------------------------------------------------------------
  let timer = null;
  let flying = null;
  let kept = null;
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const keep = (last = false) => {
    clearTimeout(timer);
    timer = null;
    const form = document.getElementById("edit");
    if (!form || !field() || form.dataset.sent || field().value === kept) return Promise.resolve();
    if (kept === null && !isDirty()) return Promise.resolve();
    kept = field().value;
    const body = new URLSearchParams({ text: kept, revision: form.elements.revision.value });
    flying = new AbortController();
    return fetch(form.dataset.unsaved, { method: "POST", body, keepalive: last, headers: { "X-CSRFToken": token() }, signal: last ? null : flying.signal })
      .then((answer) => { if (!answer.ok) kept = null; })
      .catch(() => { kept = null; });
  };
  const quiet = () => { clearTimeout(timer); timer = null; flying?.abort(); flying = null; kept = null; };
  document.addEventListener("input", (event) => {
    if (event.target.id !== "field") return;
    fit(event.target);
    clearTimeout(timer);
    timer = setTimeout(keep, 800);
  });
  document.addEventListener("focusout", (event) => { if (event.target.id === "field" && event.target.isConnected) keep(); });
  addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(true); });
  document.addEventListener("submit", (event) => { if (event.target.closest("#open")) quiet(); }, true);
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.elt.closest?.("#open")) revive(document.getElementById("open")); });

  // --- what happened, near where it happened -----------------------------------------------------------------------------
  let fades = null;
  const tell = () => {
    const box = document.getElementById("message");
    if (!box || box.hidden || box.dataset.told) return;
    box.dataset.told = "1";
    say(box.querySelector(".words").textContent);
    const here = editor();
    const near = here ? $(".line", here) : document.getElementById(box.dataset.row ?? "");
    const place = (near ?? $(".heads", sheet)).getBoundingClientRect();
    box.style.top = `${scrollY + (here ? place.top - 6 : Math.min(place.bottom, innerHeight - 60) - 34)}px`;
    box.style.right = `${Math.max(16, document.documentElement.clientWidth - place.right + (here ? 0 : 16))}px`;
    clearTimeout(fades);
    fades = setTimeout(() => { if (box.isConnected && !box.contains(document.activeElement)) box.hidden = true; }, 12000);
    count();
  };
  let counting = null;
  const count = () => { clearTimeout(counting); counting = setTimeout(() => document.body.dispatchEvent(new Event("counted")), 1200); };

  // --- keys -----------------------------------------------------------------------------------------------------------------------
  const take = (n) => {
    const button = $(`[data-take="${n}"]`);
    if (!button) return $("#alternatives, #memory") ? null : $("#open-alternatives")?.click();
    document.getElementById("edit").elements.memory.value = button.dataset.memory ?? "";
    const text = field();
    text.focus();
    text.select();
    // insertText keeps the field's own undo: Ctrl+Z brings back what stood there.
    if (!document.execCommand("insertText", false, button.value)) text.value = button.value;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    say(button.value);
  };
  const openDetails = (selector, inside) => { // toggles, and moves the focus in and out
    const details = $(selector, editor());
    if (!details) return;
    details.open = !details.open;
    (details.open ? $(inside, details) : field()).focus();
  };
  const press = (selector) => $(selector, editor())?.click();
  let drawn = null; // what opened the drawer: the same again closes it
  const shutDrawer = () => { $("#drawer", editor()).replaceChildren(); drawn = null; field().focus(); };
  const draw = (selector) => ($("#drawer", editor())?.childElementCount && drawn === selector ? shutDrawer() : press(selector));
  const pivot = () => openDetails("#pivot", "textarea");
  const inAlt = {
    s: () => send("save-stay"), j: () => send("reject-stay"), p: pivot, x: () => openDetails(".finding .dismiss", "input:not([type=hidden])"),
    r: () => press(".fix"), t: () => press("#theirs, #take-proposal"), k: () => press("#keep-mine"), m: () => press("#over"),
    n: () => press("[form=ask-draft]"), a: () => draw("#open-alternatives"), h: () => draw("#open-history"), w: () => draw("#open-links"),
    c: () => draw("#open-comments"), l: () => draw("#open-memory"), g: () => draw("#open-glossary"),
    ArrowUp: () => send("save-previous"), ArrowDown: () => send("save-next"),
  };
  const undo = () => document.getElementById("undo").click();
  const handled = (event) => {
    const [command, { altKey: alt, shiftKey: shift, code }] = [event.ctrlKey || event.metaKey, event];
    const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : letterAt(code) ?? event.key; // Option writes signs on a Mac
    if (command && alt && letter === "z") return undo;
    const here = editor();
    if (!here || document.querySelector("dialog[open]")) return null;
    const inField = event.target.id === "field" || !event.target.closest("textarea, input, button, a, summary, .s");
    if (code === "Enter" && command) {
      if (event.target.closest("#pivot-form, .comments, #add-term")) return shift || alt ? null : () => event.target.form.requestSubmit();
      if (!here.contains(event.target) && !inField) return null;
      return () => send(alt ? "paragraph-stay" : shift ? "approve-unfinished" : "approve-next");
    }
    if (command && shift && letter === "p") return pivot;
    if (command) return null;
    if (alt && !shift && Object.hasOwn(inAlt, letter)) return inAlt[letter];
    if (alt && !shift && /^(Digit|Numpad)[1-9]$/.test(code)) return () => take(Number(code.at(-1)));
    if (event.key === "Escape" && here.contains(event.target)) {
      const details = event.target.closest("details[open]");
      if (details) return () => { details.open = false; field().focus(); };
      if ($("#drawer", here).childElementCount) return shutDrawer;
      return leave;
    }
    return null;
  };
  const leave = () => send("save-close");
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // Korean is being composed: Enter and Esc are the input method's
    const act = handled(event);
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    soon(act);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (keyOf(event) !== "z" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    if (!keysEverywhere() && !event.target.closest(".s")) return;
    event.preventDefault();
    undo();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (button) { event.preventDefault(); take(button.dataset.take); }
    // Buttons that stand outside of their form: htmx does not see which one was pressed.
    const outside = event.target.closest("#open button[form='edit']");
    if (outside) { event.preventDefault(); soon(() => (outside.name === "do" ? send(outside.value) : send(outside.form.elements.asked?.value ?? "save-stay", { [outside.name]: outside.value }))); }
  }, true);

  // --- drawers: opened, focus goes in; the way back is Esc -----------------------------------------------------------------
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "drawer") return;
    const by = event.detail.requestConfig?.elt?.id;
    if (by?.startsWith("open-")) drawn = `#${by}`;
    const goal = $("textarea", event.detail.target) ?? $(".link", event.detail.target);
    if (goal && !$("#alternatives")) goal.focus({ preventScroll: true });
    event.detail.target.scrollIntoView({ block: "nearest" });
    say($("h2", event.detail.target)?.textContent ?? "");
  });

  const first = editor();
  if (first) settleIn(first);
  tell();
})();
