// The projector: a layer over the page that holds every slide, turns them by key and by clock, and
// needs no server once it is open. A run keeps the slides it was opened with, so that no two of its
// slides come from different builds. The same file drives the page and the offline document.
const ID = "projector-layer";
const ADDRESS = "slide";
const STEPS = {
  ArrowRight: 1, PageDown: 1, " ": 1, Enter: 1, ArrowDown: 1,
  ArrowLeft: -1, PageUp: -1, ArrowUp: -1, Backspace: -1,
};

export default function projector({ data, parentElement }) {
  let root = parentElement.querySelector(":scope > .ls");
  if (!root) {
    root = document.createElement("div");
    root.className = "ls";
    parentElement.appendChild(root);
    root.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-slide]");
      if (chosen) open(root.deck, Number(chosen.dataset.slide), true);
    });
  }
  root.deck = data.deck;
  if (root.shown !== data.start) {
    root.shown = data.start;
    root.innerHTML = `<style>${data.style}</style>${data.start}`;
    preview(root, data);
  }
  const asked = Number(new URL(location.href).searchParams.get(ADDRESS));
  if (!document.getElementById(ID) && (asked || data.is_open)) open(root.deck, asked || 1, false);
  return () => setTimeout(leaveWithPage, 500);
}

// The slide a title opens, small beside the titles; closed off, so that it never counts as a run.
function preview(root, data) {
  const shadow = root.querySelector(".preview").attachShadow({ mode: "closed" });
  shadow.innerHTML = `<style>${data.style}</style>${data.deck}`;
  const slides = [...shadow.querySelectorAll(".slide")];
  const point = (number) => {
    slides.forEach((slide, index) => (slide.hidden = index !== number - 1));
    shadow.querySelector(".page").textContent = `${number}／${slides.length}`;
  };
  for (const title of root.querySelectorAll("[data-slide]")) {
    const number = Number(title.dataset.slide);
    title.addEventListener("pointerenter", () => point(number));
    title.addEventListener("focus", () => point(number));
  }
  point(1);
}

// Streamlit takes the component down when the server restarts too: only another page ends a run.
function leaveWithPage() {
  const layer = document.getElementById(ID);
  if (layer && layer.path !== location.pathname) layer.end();
}

function open(markup, number, isAsked) {
  document.getElementById(ID)?.end();
  const layer = document.createElement("div");
  layer.id = ID;
  layer.innerHTML = markup;
  const deck = layer.firstElementChild;
  deck.tabIndex = -1;
  deck.setAttribute("role", "dialog");
  deck.setAttribute("aria-modal", "true");
  deck.setAttribute("aria-label", "投影汇报");
  document.body.appendChild(layer);
  layer.path = location.pathname;
  const run = { layer, deck, slides: [...deck.querySelectorAll(".slide")], at: 0, clock: 0, back: document.activeElement };
  const onKey = (event) => press(run, event);
  const onClick = (event) => turn(run, event.clientX < innerWidth / 3 ? -1 : 1);
  window.addEventListener("keydown", onKey, true);
  deck.addEventListener("click", onClick);
  layer.end = () => {
    clearTimeout(run.clock);
    window.removeEventListener("keydown", onKey, true);
    layer.remove();
    keepAddress(null);
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    run.back?.focus?.();
  };
  show(run, number - 1);
  deck.focus({ preventScroll: true });
  if (isAsked) fullScreen();
}

function press(run, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const acts = {
    Home: () => show(run, 0),
    End: () => show(run, run.slides.length - 1),
    Escape: () => run.layer.end(),
    b: () => run.deck.classList.toggle("black"),
    d: () => run.deck.classList.toggle("dark"),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : fullScreen()),
    p: () => play(run, !run.isPlaying),
  };
  const act = acts[key] ?? (key in STEPS ? () => turn(run, STEPS[key]) : null);
  // Nothing typed over the slides reaches the page below, whose own keys rerun it.
  event.stopImmediatePropagation();
  if (!act) return;
  event.preventDefault();
  act();
}

function turn(run, step) {
  if (run.deck.classList.contains("black")) return run.deck.classList.remove("black");
  show(run, run.at + step);
}

function show(run, at) {
  run.at = Math.max(0, Math.min(at, run.slides.length - 1));
  run.slides.forEach((slide, index) => (slide.hidden = index !== run.at));
  const number = run.at + 1;
  run.deck.querySelector(".page").textContent = `${number}／${run.slides.length}`;
  run.deck.querySelector(".progress i").style.width = `${(100 * number) / run.slides.length}%`;
  keepAddress(number);
  if (run.isPlaying) play(run, true);
}

function play(run, isPlaying) {
  const wasPlaying = run.isPlaying;
  run.isPlaying = isPlaying;
  clearTimeout(run.clock);
  const seconds = Number(run.slides[run.at].dataset.seconds);
  const mode = isPlaying ? `自动 ${seconds} 秒` : wasPlaying ? "已暂停" : "";
  run.deck.querySelector(".mode").textContent = mode;
  if (isPlaying) run.clock = setTimeout(() => show(run, (run.at + 1) % run.slides.length), seconds * 1000);
}

function keepAddress(number) {
  const address = new URL(location.href);
  if (number) address.searchParams.set(ADDRESS, number);
  else address.searchParams.delete(ADDRESS);
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // A document opened from a disk may not write its address everywhere; it turns all the same.
  }
}

function fullScreen() {
  document.documentElement.requestFullscreen?.().catch(() => {});
}
