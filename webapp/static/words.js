// Words that say the same light up together. Nothing is wrapped in the page: ranges are marked with the Custom Highlight API, or,
// in browsers without it, wrapped while they are lit. The article page, the reading view and the exported file all use this.
window.quatrainWords = (place) => {
  // place tells how the page is made: sentence(node), row(sentence), number(sentence), column(sentence; "" is the source),
  // beside(sentence): every sentence element of the same number in the row.
  const NAMES = ["here", "strong", "fair", "faint"];
  const strength = (percent) => (percent >= 60 ? "strong" : percent >= 30 ? "fair" : "faint");
  const hasHighlights = typeof Highlight === "function" && CSS.highlights;
  const lit = hasHighlights ? Object.fromEntries(NAMES.map((name) => [name, new Highlight()])) : null;
  if (lit) for (const name of NAMES) CSS.highlights.set(`word-${name}`, lit[name]);

  // --- texts: offsets count code points, the browser counts UTF-16 units -------------------------------------------------
  const nodesOf = (sentence) => {
    const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => (node.parentElement.closest(".m, .ghost") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
    });
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  };
  const textOf = (sentence) => nodesOf(sentence).map((node) => node.data).join("");
  const isPlain = (text) => !/[\ud800-\udbff]/.test(text);
  const toUnits = (text, points) => (isPlain(text) ? points : [...text].slice(0, points).join("").length);
  const toPoints = (text, units) => (isPlain(text) ? units : [...text.slice(0, units)].length);
  const rangeOf = (sentence, start, end) => {
    const nodes = nodesOf(sentence);
    const text = nodes.map((node) => node.data).join("");
    const range = document.createRange();
    let [from, to, done] = [toUnits(text, start), toUnits(text, end), 0];
    if (to > text.length || from >= to) return null;
    let begun = false;
    for (const node of nodes) {
      if (!begun && from < done + node.length) { range.setStart(node, from - done); begun = true; }
      if (begun && to <= done + node.length) { range.setEnd(node, to - done); return range; }
      done += node.length;
    }
    return null;
  };
  const wordsOf = (sentence, start, end) => [...textOf(sentence)].slice(start, end).join("");

  // --- marking ------------------------------------------------------------------------------------------------------------
  let wrapped = [];
  const wrap = (range, name) => {
    if (range.startContainer !== range.endContainer) return;
    const span = document.createElement("span");
    span.className = `word ${name}`;
    range.surroundContents(span);
    wrapped.push(span);
  };
  const clear = () => {
    if (lit) for (const name of NAMES) lit[name].clear();
    for (const span of wrapped) {
      const parent = span.parentNode;
      if (!parent) continue;
      span.replaceWith(...span.childNodes);
      parent.normalize();
    }
    wrapped = [];
    shown = null;
  };
  const mark = (sentence, start, end, name) => {
    const range = rangeOf(sentence, start, end);
    if (range) lit ? lit[name].add(range) : wrap(range, name);
  };

  // --- what belongs together ------------------------------------------------------------------------------------------------
  let shown = null;
  const holds = (start, end, offset) => start <= offset && offset < end;
  // From a place in one column: the source words there, and through them the words of every column.
  const group = (sentence, offset, links) => {
    const column = place.column(sentence);
    const targets = links[place.number(sentence)] ?? {};
    const sources = new Map();
    let here = null;
    const take = (row, percent) => sources.set(row[0], Math.max(percent, sources.get(row[0]) ?? 0));
    for (const [target, rows] of Object.entries(targets)) {
      for (const row of rows) {
        if (column === "" && holds(row[0], row[1], offset)) { here = [row[0], row[1]]; take(row, 100); }
        if (column === target && holds(row[2], row[3], offset)) { here = [row[2], row[3]]; take(row, row[4]); }
      }
    }
    return here && { sentence, column, here, sources, targets };
  };
  const show = (sentence, offset, links) => {
    const found = group(sentence, offset, links);
    if (!found) { clear(); return null; }
    if (shown && shown.sentence === sentence && shown.here[0] === found.here[0] && sentence.isConnected) return shown;
    clear();
    const lights = new Map(); // so that no word is marked twice: the stronger mark stays
    const note = (column, start, end, percent) => {
      const key = `${column} ${start}`;
      if (!lights.has(key) || lights.get(key).percent < percent) lights.set(key, { column, start, end, percent });
    };
    for (const [target, rows] of Object.entries(found.targets)) {
      for (const [a, b, c, d, percent] of rows) {
        if (!found.sources.has(a)) continue;
        note("", a, b, found.sources.get(a));
        if (target !== found.column) note(target, c, d, Math.min(percent, found.sources.get(a)));
      }
    }
    found.words = [];
    const elements = place.beside(sentence);
    for (const element of elements) {
      const column = place.column(element);
      const own = [...lights.values()].filter((light) => light.column === column && !(element === sentence));
      for (const light of own.sort((x, y) => x.start - y.start)) {
        found.words.push({ element, column, text: wordsOf(element, light.start, light.end), strength: strength(light.percent) });
        mark(element, light.start, light.end, strength(light.percent));
      }
    }
    found.text = wordsOf(sentence, ...found.here);
    mark(sentence, ...found.here, "here");
    shown = found;
    return found;
  };

  // --- places ---------------------------------------------------------------------------------------------------------------
  const caret = (x, y) => {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && { node: found.offsetNode, offset: found.offset };
    }
    const range = document.caretRangeFromPoint?.(x, y);
    return range && { node: range.startContainer, offset: range.startOffset };
  };
  const at = (x, y) => {
    const found = caret(x, y);
    const sentence = found && found.node.nodeType === Node.TEXT_NODE ? place.sentence(found.node.parentElement) : null;
    if (!sentence) return null;
    let units = 0;
    for (const node of nodesOf(sentence)) {
      if (node === found.node) {
        const range = document.createRange();
        // The caret stands between characters: the one that is pointed at may be the one before it.
        for (const start of [found.offset, found.offset - 1]) {
          if (start < 0 || start >= node.length) continue;
          range.setStart(node, start);
          range.setEnd(node, start + 1);
          const boxes = [...range.getClientRects()];
          if (boxes.some((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom)) {
            return { sentence, offset: toPoints(textOf(sentence), units + start) };
          }
        }
        return null;
      }
      units += node.length;
    }
    return null;
  };
  // The next or previous word of a sentence that has a counterpart.
  const step = (sentence, by, links) => {
    const column = place.column(sentence);
    const starts = new Set();
    for (const [target, rows] of Object.entries(links[place.number(sentence)] ?? {})) {
      for (const row of rows) if (column === "") starts.add(row[0]); else if (target === column) starts.add(row[2]);
    }
    const order = [...starts].sort((a, b) => a - b);
    const current = shown && shown.sentence === sentence ? order.indexOf(shown.here[0]) : by > 0 ? -1 : order.length;
    const next = order[current + by];
    return next === undefined ? null : show(sentence, next, links);
  };
  return { at, show, step, clear, get shown() { return shown; } };
};
