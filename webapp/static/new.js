// The form for a new article: drop a file anywhere on the paper, see what is read of it, count words, ask how long it takes.
(() => {
  const form = document.getElementById("new");
  const [text, file, html, whole, paper, chosen] = ["text", "file", "html", "whole", "paper", "chosen"].map((id) => document.getElementById(id));
  const words = document.getElementById("words");
  const preview = () => document.getElementById("preview");

  const countWords = (string) => string.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  let timer = 0;
  const forecast = (count) => {
    words.value = count;
    clearTimeout(timer);
    timer = setTimeout(() => window.htmx.trigger("#forecast-source", "forecast"), 250);
  };
  const complainOfSize = () => {
    const picked = file.files[0];
    const tooLarge = picked ? picked.size > Number(form.dataset.fileLimit) : new Blob([text.value]).size > Number(form.dataset.limit);
    if (tooLarge) window.quatrain.complain(form, picked ? form.dataset.fileTooLarge : form.dataset.tooLarge);
    return tooLarge;
  };
  const ask = () => {
    preview().replaceChildren(Object.assign(document.createElement("p"), { className: "reading", textContent: form.dataset.reading }));
    window.htmx.trigger("#preview-source", "preview");
  };
  const show = () => {
    const name = file.files[0] ? file.files[0].name : html.value ? form.dataset.pasted : "";
    chosen.hidden = !name;
    text.hidden = Boolean(name);
    text.disabled = Boolean(file.files[0]);
    chosen.querySelector(".file-name").textContent = name;
    preview().replaceChildren();
    if (!name) return forecast(countWords(text.value));
    forecast(0);
    if (!complainOfSize()) ask();
  };
  text.addEventListener("input", () => forecast(countWords(text.value)));
  form.addEventListener("change", (event) => { if (event.target.name === "targets") forecast(words.value); });
  file.addEventListener("change", () => { html.value = ""; show(); });
  whole.addEventListener("change", () => { if (!chosen.hidden) show(); });
  document.getElementById("drop-file").addEventListener("click", () => { file.value = ""; html.value = ""; show(); text.focus(); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-brings-back]")) { whole.checked = true; show(); whole.focus(); }
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (preview().dataset.words) { forecast(Number(preview().dataset.words)); delete preview().dataset.words; }
  });

  // What a page puts on the clipboard keeps its headings and links, if it replaces all there is.
  const structured = /<(?:p|h[1-6]|li|blockquote|table|a|b|strong|em|i)\b/i;
  text.addEventListener("paste", (event) => {
    const held = event.clipboardData ? event.clipboardData.getData("text/html") : "";
    const all = text.selectionStart === 0 && text.selectionEnd === text.value.length;
    if (!all || !structured.test(held)) return;
    setTimeout(() => { html.value = held; show(); });
  });

  const carriesFile = (event) => [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => { if (carriesFile(event)) { event.preventDefault(); paper.classList.add("over"); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) paper.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    paper.classList.remove("over");
    if (!carriesFile(event)) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    html.value = "";
    show();
  });

  form.addEventListener("htmx:confirm", (event) => {
    if (event.target === form && complainOfSize()) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href='#text']")) { event.preventDefault(); (text.hidden ? file : text).focus(); }
  });
  if (text.value || file.files.length) show();
})();
