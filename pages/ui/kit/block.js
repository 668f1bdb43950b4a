// Shows HTML that Python has escaped; one delegated listener turns click, Enter and Space on
// [data-act] into a trigger. Identical HTML is left alone, so focus and scroll survive a rerun.
// The stylesheet may arrive later than the first block: until then the block keeps out of sight.
export default function block({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(":scope > .ls");
  if (!root) {
    root = document.createElement("div");
    root.className = "ls";
    reveal(root);
    parentElement.appendChild(root);
    root.addEventListener("click", act);
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      if (event.target.matches("[data-act]")) act(event);
    });
  }
  root.send = (value) => setTriggerValue("act", value);
  if (root.shown === data) return;
  root.shown = data;
  root.innerHTML = data;
}

function reveal(root) {
  const isStyled = getComputedStyle(document.documentElement).getPropertyValue("--ink") !== "";
  root.style.visibility = isStyled ? "" : "hidden";
  if (!isStyled) requestAnimationFrame(() => reveal(root));
}

function act(event) {
  const target = event.target.closest("[data-act]");
  if (!target) return;
  event.preventDefault();
  if (target.dataset.act === "print:") window.print();
  else event.currentTarget.send(target.dataset.act);
}
