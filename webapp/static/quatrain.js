// What every page shares: the menu, dialogs, keys, and errors of htmx shown near where they happened.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const store = {
    read(name) { try { return localStorage.getItem(name); } catch { return null; } },
    write(name, value) { try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* private mode: not remembered */ } },
  };
  const say = (text) => { $("#said").textContent = text; };
  const singleKeys = $("#single-keys");
  const keysEverywhere = () => store.read("quatrain.keys") !== "off";
  // A key by the letter it writes; where that is no Latin one (a Russian or Korean layout, Option on a Mac) by its place.
  const letterAt = (code) => (/^Key[A-Z]$/.test(code) ? code.at(-1).toLowerCase() : null);
  const keyOf = ({ key, code }) => {
    const named = key.length > 1 && !["Dead", "Process", "Unidentified"].includes(key); // Enter, Escape, ArrowUp
    return named || /^[!-~]$/.test(key) ? key : letterAt(code) ?? key;
  };
  window.quatrain = { store, say, keysEverywhere, keyOf, letterAt };

  singleKeys.checked = keysEverywhere();
  singleKeys.addEventListener("change", () => store.write("quatrain.keys", singleKeys.checked ? "" : "off"));

  // --- the menu and the dialogs -----------------------------------------------------------------------------------
  const $$ = (selector) => document.querySelectorAll(selector);
  const openAtTop = (dialog) => { dialog.showModal(); dialog.scrollTop = 0; }; // the focus is on the button at its end
  document.addEventListener("click", (event) => {
    for (const one of $$("details:is(.menu, .further)[open]")) {
      const chosen = one.contains(event.target) && event.target.closest(".sheetlet a");
      if (chosen) $("summary", one).focus(); // where a dialog gives the focus back to
      if (chosen || !one.contains(event.target)) one.open = false;
    }
    const opener = event.target.closest("[data-opens]");
    if (opener) { event.preventDefault(); openAtTop(document.getElementById(opener.dataset.opens)); }
    const closer = event.target.closest("[data-closes]");
    if (closer && closer.closest("dialog")) { event.preventDefault(); closer.closest("dialog").close(); }
    if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "dialog") event.target.showModal();
  });

  // --- keys ---------------------------------------------------------------------------------------------------------
  const goes = { n: "a[href='/articles/new']", "/": "#q" };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    if (!keysEverywhere() && !event.target.closest(".s")) return;
    if (event.key === "?") { event.preventDefault(); openAtTop($("#keys")); }
    const goal = goes[keyOf(event)] && $(goes[keyOf(event)]);
    if (goal) { event.preventDefault(); goal.matches("a") ? goal.click() : goal.focus(); }
  });

  // --- errors, near where they happened -----------------------------------------------------------------------------
  const placeFor = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const place = node.matches("[data-problems]") ? node : $("[data-problems]", node);
      if (place) return place;
    }
    return null;
  };
  const complain = (element, text) => {
    const place = placeFor(element);
    if (!place) return;
    const box = Object.assign(document.createElement("div"), { className: "problem", id: "problem" });
    box.setAttribute("role", "alert");
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
    place.replaceChildren(box);
  };
  window.quatrain.complain = complain;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, elt } = event.detail;
    if (xhr.status < 400) return;
    const asker = event.detail.requestConfig?.elt ?? elt;
    const place = placeFor(asker);
    if (!place || !xhr.responseText) return;
    Object.assign(event.detail, { target: place, swapOverride: "innerHTML", shouldSwap: true });
    if (xhr.status === 404 && asker.id === "updates") setTimeout(() => asker.remove()); // deleted meanwhile: asking again is of no use
  });
  let unreachable = null;
  document.addEventListener("htmx:sendError", (event) => { unreachable = event.detail.elt; complain(unreachable, document.body.dataset.unreachable); });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || event.detail.xhr.status >= 400) return;
    const place = placeFor(event.detail.elt);
    if (place && $("#problem", place)) place.replaceChildren();
  });
})();
