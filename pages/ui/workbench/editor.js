// SQL editor: a transparent textarea over a coloured copy of its text, line numbers, completion from
// the schema. Python hears of the text when it is left (`edit`) and on Ctrl+Enter (`run`).
const KEYWORDS = ("select from where group order by having limit as and or not in is null between like " +
  "case when then else end join left right inner outer full cross on using union all distinct with " +
  "asc desc nulls first last filter over partition rows exists cast interval date true false " +
  "explain analyze describe summarize pivot values any offset qualify").split(" ");
const FUNCTIONS = ("count(*) sum( avg( min( max( median( round( coalesce( nullif( date_trunc( date_diff( " +
  "year( month( quarter( any_value( string_agg( row_number() rank() strftime(").split(" ");
const TOKEN = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|::|:[a-z]\w*|\d+(?:\.\d+)?|[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/g;
const WORD = /[A-Za-z_\u3400-\u9fff\uff0b][\w\u3400-\u9fff\uff0b]*$/;
const SHOWN = 8;

export default function editor({ data, parentElement, setTriggerValue }) {
  const root = parentElement.editor || (parentElement.editor = build(parentElement));
  root.send = setTriggerValue;
  root.learn(data.words);
  root.load(data);
}

function build(parent) {
  const box = document.createElement("div");
  box.className = "editor";
  box.innerHTML = `<div class="gutter" aria-hidden="true"></div><div class="text"><pre aria-hidden="true"></pre>
    <textarea spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" aria-label="SQL 语句"
     placeholder="在这里写查询，例如：select 属地, count(*) from 事故 group by 属地"></textarea></div>
    <ul class="list" role="listbox" hidden></ul>`;
  parent.appendChild(box);
  const [gutter, pre, area, list] = ["gutter", "pre", "textarea", "ul"].map((name) =>
    box.querySelector(name === "gutter" ? ".gutter" : name));
  const root = { words: [], tables: new Set(), offered: [], chosen: 0, told: "", stamp: null, inserted: 0 };

  const paint = () => {
    pre.innerHTML = coloured(area.value, root.tables) + "\n";
    const lines = area.value.split("\n").length;
    if (gutter.lines !== lines) {
      gutter.textContent = Array.from({ length: lines }, (_, i) => i + 1).join("\n");
      gutter.lines = lines;
    }
    follow();
  };
  const follow = () => {
    pre.scrollTop = gutter.scrollTop = area.scrollTop;
    pre.scrollLeft = area.scrollLeft;
  };
  const type = (text) => {  // through the browser's own editing, so that Ctrl+Z takes it back
    area.focus();
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    }
    paint();
  };
  const tell = (name) => {
    if (name === "edit" && area.value === root.told) return;
    root.told = area.value;
    root.send(name, area.value);
  };
  const hide = () => { list.hidden = true; root.offered = []; };

  root.learn = (words) => {
    const source = words.map((word) => word.name).join();
    if (root.source === source) return;
    root.source = source;
    root.tables = new Set(words.filter((word) => word.kind === "表").map((word) => word.name));
    root.words = words.concat(KEYWORDS.map((name) => ({ name, hint: "" })),
      FUNCTIONS.map((name) => ({ name, hint: "函数" })));
  };
  root.load = ({ text, stamp, insert }) => {
    if (root.stamp === null) { area.value = text; root.inserted = insert[0]; }
    else if (root.stamp !== stamp) { area.focus(); area.select(); type(text); area.setSelectionRange(0, 0); area.scrollTop = 0; }
    if (root.stamp !== stamp) { root.stamp = stamp; root.told = text; hide(); }
    if (root.inserted !== insert[0]) { root.inserted = insert[0]; type(insert[1]); }
    paint();
  };

  const offer = () => {
    const before = area.value.slice(0, area.selectionStart);
    const typed = (before.match(WORD) || [""])[0];
    if (!typed || insideQuotes(before)) return hide();
    const owner = (before.slice(0, -typed.length).match(/([\w\u3400-\u9fff]+)\.$/) || [])[1];
    root.offered = ranked(root.words, typed, root.tables.has(owner) ? owner : null);
    root.typed = typed;
    root.chosen = 0;
    root.picked = false;  // Enter takes a name only once an arrow has chosen it; Tab always does
    if (!root.offered.length) return hide();
    list.hidden = false;
    show();
    place(before);
  };
  const show = () => {
    list.replaceChildren(...root.offered.map((word, i) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(i === root.chosen));
      item.append(word.name, Object.assign(document.createElement("span"), { textContent: word.hint }));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); accept(i); });
      return item;
    }));
  };
  const place = (before) => {
    const line = before.slice(before.lastIndexOf("\n") + 1, before.length - root.typed.length);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = getComputedStyle(area).font;
    const rows = before.split("\n").length;
    const left = 44 + 12 + pen.measureText(line).width - area.scrollLeft;
    const top = 11 + rows * 24 - area.scrollTop;
    const high = list.offsetHeight, room = box.clientHeight;
    list.style.left = `${Math.max(8, Math.min(left, box.clientWidth - list.offsetWidth - 8))}px`;
    list.style.top = `${top + high <= room ? top : Math.max(2, top - 26 - high)}px`;
  };
  const accept = (index) => {
    const word = root.offered[index], end = area.selectionStart;
    hide();
    area.focus();
    area.setSelectionRange(end - root.typed.length, end);
    type(word.name);
    hide();
  };

  area.addEventListener("input", (event) => {
    paint();
    if (event.isComposing || event.inputType === "historyUndo") return;
    if (event.inputType === "insertText" && event.data && event.data.length > 12) return;
    offer();
  });
  area.addEventListener("compositionend", offer);
  area.addEventListener("scroll", () => { follow(); hide(); });
  area.addEventListener("click", hide);
  area.addEventListener("blur", () => { hide(); tell("edit"); });
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault(); hide(); tell("run");
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : root.offered.length - 1;
      root.chosen = (root.chosen + step) % root.offered.length;
      root.picked = true;
      show();
    } else if (!list.hidden && (event.key === "Tab" || (event.key === "Enter" && root.picked))) {
      event.preventDefault(); accept(root.chosen);
    } else if (event.key === "Escape") {
      hide();
    } else if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault(); type("    "); hide();
    } else if (event.key === "Enter") {
      const line = area.value.slice(area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, area.selectionStart);
      event.preventDefault(); type("\n" + line.match(/^\s*/)[0]); hide();
    }
  });
  return root;
}

function ranked(words, typed, owner) {
  const low = typed.toLowerCase();
  const fits = words.filter((word) => word.name.toLowerCase() !== low && word.name.toLowerCase().includes(low) &&
    (!owner || (word.views || []).includes(owner)));
  const starts = (word) => (word.name.toLowerCase().startsWith(low) ? 0 : 1);
  const found = new Map();
  for (const word of fits.sort((a, b) => starts(a) - starts(b))) if (!found.has(word.name)) found.set(word.name, word);
  return [...found.values()].slice(0, SHOWN);
}

function insideQuotes(before) {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return line.includes("--") || (line.match(/'/g) || []).length % 2 === 1;
}

function coloured(text, tables) {
  let done = 0, html = "";
  for (const match of text.matchAll(TOKEN)) {
    html += escaped(text.slice(done, match.index));
    const kind = kindOf(match[0], tables);
    html += kind ? `<span class="${kind}">${escaped(match[0])}</span>` : escaped(match[0]);
    done = match.index + match[0].length;
  }
  return html + escaped(text.slice(done));
}

function kindOf(token, tables) {
  if (token.startsWith("--") || token.startsWith("/*")) return "c";
  if (token.startsWith("'")) return "s";
  if (/^:[a-z]/.test(token)) return "p";
  if (/^\d/.test(token)) return "n";
  if (KEYWORDS.includes(token.toLowerCase())) return "k";
  return tables.has(token) ? "t" : "";
}

function escaped(text) {
  return text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
}
