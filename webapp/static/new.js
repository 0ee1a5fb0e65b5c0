// The form for a new article: drop a file anywhere on the paper, count words, ask how long it will take.
(() => {
  const form = document.getElementById("new");
  const [text, file, paper, chosen] = ["text", "file", "paper", "chosen"].map((id) => document.getElementById(id));
  const words = document.getElementById("words");
  const limit = Number(form.dataset.limit);

  const countWords = (string) => string.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  let timer = 0;
  const forecast = (count) => {
    words.value = count;
    clearTimeout(timer);
    timer = setTimeout(() => window.htmx.trigger("#forecast-source", "forecast"), 250);
  };
  const complainOfSize = (bytes) => {
    const tooLarge = bytes > limit;
    if (tooLarge) window.quatrain.complain(form, form.dataset.tooLarge);
    return tooLarge;
  };
  const showFile = async () => {
    const picked = file.files[0];
    chosen.hidden = !picked;
    text.hidden = Boolean(picked);
    text.disabled = Boolean(picked);
    chosen.querySelector(".file-name").textContent = picked ? picked.name : "";
    if (!picked || complainOfSize(picked.size)) return forecast(picked ? 0 : countWords(text.value));
    forecast(countWords(await picked.text()));
  };
  text.addEventListener("input", () => forecast(countWords(text.value)));
  form.addEventListener("change", (event) => { if (event.target.name === "targets") forecast(words.value); });
  file.addEventListener("change", showFile);
  document.getElementById("drop-file").addEventListener("click", () => { file.value = ""; showFile(); text.focus(); });

  const carriesFile = (event) => [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => { if (carriesFile(event)) { event.preventDefault(); paper.classList.add("over"); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) paper.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    paper.classList.remove("over");
    if (!carriesFile(event)) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    showFile();
  });

  form.addEventListener("htmx:confirm", (event) => {
    if (event.target !== form) return;
    const bytes = file.files[0] ? file.files[0].size : new Blob([text.value]).size;
    if (complainOfSize(bytes)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href='#text']")) { event.preventDefault(); (text.hidden ? file : text).focus(); }
  });
  if (text.value || file.files.length) showFile();
})();
