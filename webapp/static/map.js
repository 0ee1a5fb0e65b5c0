// The map beside the scroll bar: every sentence of the article by its state (left), the machine's doubt (middle) and what was
// found in it (right). Shapes and places say it, colour only helps. A click goes there; the filters do the same by keyboard.
(() => {
  const map = document.getElementById("map");
  if (!map) return;
  const sheet = document.getElementById("sheet");
  const canvas = map.querySelector("canvas");
  const frame = map.querySelector(".window");
  const says = map.querySelector(".says");
  const STEP = 4; // px: the height of what is drawn at once; of several sentences in it the worst is shown
  const PARAGRAPH = 0, LENGTH = 1, STATE = 2, DOUBT = 3, LOW = 4, REMARK = 5, STALE = 6;
  let sentences = [];
  let ends = []; // where each sentence ends, as a share of the whole
  let paragraphs = 0;

  const measure = () => {
    let total = 0;
    const sums = sentences.map((one) => (total += one[LENGTH] + 24)); // the gap after a short one counts too
    ends = sums.map((sum) => sum / total);
  };
  const sentenceAt = (share) => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) { const middle = (low + high) >> 1; ends[middle] < share ? low = middle + 1 : high = middle; }
    return low;
  };
  const draw = () => {
    const [width, height] = [map.clientWidth - 1, map.clientHeight];
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    if (!sentences.length) return;
    const probe = document.createElement("i");
    map.append(probe);
    const ink = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
    const [state, doubt, remark] = [ink("--act"), ink("--ink-2"), ink("--map-doubt")];
    probe.remove();
    const third = width / 3;
    for (let y = 0; y + STEP <= height; y += STEP) {
      const first = sentenceAt(y / height);
      const here = sentences.slice(first, sentenceAt((y + STEP - 0.01) / height) + 1);
      const begun = first > 0 && ends[first - 1] * height < y ? here.slice(1) : here; // a mark stands where its sentence begins
      const least = Math.min(...here.map((one) => one[STATE]));
      drawState(pen, least, y, third, state);
      const most = Math.max(...here.map((one) => one[DOUBT])) / 100;
      pen.fillStyle = here.some((one) => one[LOW]) ? remark : doubt;
      if (most > 0) pen.fillRect(third + 1, y + 1, Math.max(1, most * (third - 2)), STEP - 2);
      const worst = Math.max(0, ...begun.map((one) => one[REMARK]));
      pen.fillStyle = pen.strokeStyle = remark;
      if (worst === 2) pen.fillRect(2 * third + 1, y, third - 2, STEP - 1);
      else if (worst === 1) pen.fillRect(2 * third + 1, y + 1, 2, 2);
      if (begun.some((one) => one[STALE])) pen.fillRect(width - 1.5, y, 1.5, STEP);
    }
  };
  // Approved is full, translated half, a draft a line, rejected a line crossed out, nothing yet nothing.
  const drawState = (pen, state, y, width, fill) => {
    pen.fillStyle = fill;
    if (state === 4) pen.fillRect(1, y, width - 2, STEP);
    else if (state === 3) pen.fillRect(1, y, (width - 2) / 2, STEP);
    else if (state === 2) pen.fillRect(1, y, 1, STEP);
    else if (state === 1) { pen.fillRect(1, y, 1, STEP); pen.fillRect(1, y + 1, width - 2, 1); }
  };

  const address = (paragraph) => `${location.pathname}?start=${Math.floor(paragraph / 60) * 60}#p${paragraph + 1}`;
  const go = (paragraph) => {
    const row = document.getElementById(`p${paragraph + 1}`);
    if (!row) { location.assign(address(paragraph)); return; }
    row.scrollIntoView({ block: "center" });
    row.querySelector(".cell:not([data-column='fr']) .s")?.focus({ preventScroll: true });
  };
  const shareOf = (event) => Math.min(0.9999, Math.max(0, (event.clientY - map.getBoundingClientRect().top) / map.clientHeight));
  map.addEventListener("click", (event) => { if (sentences.length) go(sentences[sentenceAt(shareOf(event))][PARAGRAPH]); });
  map.addEventListener("pointermove", (event) => {
    if (!sentences.length) return;
    const one = sentences[sentenceAt(shareOf(event))];
    const words = map.dataset;
    const found = [`${one[PARAGRAPH] + 1}`, words.states.split("|")[one[STATE]]];
    if (one[REMARK] === 2) found.push(words.error);
    if (one[REMARK] === 1) found.push(words.warning);
    if (one[LOW]) found.push(words.low);
    if (one[STALE]) found.push(words.stale);
    says.textContent = found.join(" · ");
    says.hidden = false;
    says.style.top = `${event.clientY - map.getBoundingClientRect().top - 12}px`;
  });
  map.addEventListener("pointerleave", () => { says.hidden = true; });

  const scrolls = () => document.documentElement.scrollHeight > innerHeight + 8;
  const fold = () => { map.hidden = paragraphs === 0 || !sentences.length || !scrolls(); }; // nowhere to go: no map
  const rowAt = (y) => document.elementFromPoint(sheet.getBoundingClientRect().left + 40, y)?.closest("#sheet .row");
  const follow = () => {
    if (!sentences.length) return;
    const shown = [...sheet.querySelectorAll(".heads")].map((heads) => heads.getBoundingClientRect().bottom)[0] ?? 0;
    const [first, last] = [rowAt(Math.max(shown, 0) + 12) ?? sheet.querySelector(".row"), rowAt(innerHeight - 16)];
    if (!first) return;
    const number = (row) => Number(row.id.slice(1)) - 1;
    const begin = sentences.findIndex((one) => one[PARAGRAPH] >= number(first));
    const after = last ? sentences.findIndex((one) => one[PARAGRAPH] > number(last)) : -1;
    const [top, bottom] = [begin > 0 ? ends[begin - 1] : 0, after > 0 ? ends[after - 1] : 1];
    frame.style.top = `${top * 100}%`;
    frame.style.height = `${Math.max(0.5, (bottom - top) * 100)}%`;
  };
  let waiting = 0;
  addEventListener("scroll", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(follow); }, { passive: true });
  addEventListener("resize", () => { fold(); draw(); follow(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  let asking = 0;
  const load = async () => {
    const turn = ++asking;
    const answer = await fetch(map.dataset.map, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || turn !== asking) return;
    ({ sentences, paragraphs } = await answer.json());
    fold();
    measure();
    draw();
    follow();
  };
  let later = 0; // the map can wait until nobody has pressed a key for a while; the next sentence cannot
  document.body.addEventListener("counted", () => { clearTimeout(later); later = setTimeout(load, 1500); });
  const whileDrafting = () => { if (document.querySelector("#updates[hx-get]")) { load(); setTimeout(whileDrafting, 5000); } else load(); };
  whileDrafting();
})();
