// Language of the page, and Chinese for the words Streamlit brings along. Our own blocks, code
// and table cells are data and are left alone.
const OURS =
  ".ls, code, pre, textarea, canvas, [data-testid='stMarkdownContainer'], [data-testid='stIconMaterial']";
// The words on its button stand where text of ours may stand.
const UPLOADER = "[data-testid='stFileUploaderDropzone']";
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];

export default function frame({ data }) {
  document.documentElement.lang = "zh-CN";
  document.documentElement.setAttribute("translate", "no");
  speakChinese();
  const words = new Map(Object.entries(data.words));
  const patterns = data.patterns.map(([from, to]) => [new RegExp(`^${from}$`), to]);

  const chinese = (text) => {
    const plain = text.trim();
    if (!/[A-Za-z]/.test(plain)) return null;
    if (words.has(plain)) return words.get(plain);
    for (const [from, to] of patterns) if (from.test(plain)) return plain.replace(from, to);
    return null;
  };
  const text = (node) => {
    const parent = node.parentElement;
    if (!parent || (parent.closest(OURS) && !parent.closest(UPLOADER))) return;
    const found = chinese(node.nodeValue);
    if (found !== null) node.nodeValue = found;
  };
  const element = (node) => {
    for (const name of ATTRIBUTES) {
      const found = node.hasAttribute(name) ? chinese(node.getAttribute(name)) : null;
      if (found !== null) node.setAttribute(name, found);
    }
  };
  const tree = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return text(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    element(node);
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const found = walker.currentNode;
      found.nodeType === Node.TEXT_NODE ? text(found) : element(found);
    }
  };

  tree(document.body);
  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") text(change.target);
      else if (change.type === "attributes") element(change.target);
      else change.addedNodes.forEach(tree);
    }
  });
  observer.observe(document.body, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ATTRIBUTES,
  });
  return () => observer.disconnect();
}

// Calendars take their months and weekdays from the language of the browser, which may be another.
function speakChinese() {
  if (navigator.language.startsWith("zh")) return;
  Object.defineProperty(navigator, "language", { get: () => "zh-CN", configurable: true });
  Object.defineProperty(navigator, "languages", { get: () => ["zh-CN"], configurable: true });
  window.dispatchEvent(new Event("languagechange"));
}
