// Tells the server how wide the window is when this browser draws WebGL on a graphics card, else 0.
// A processor standing in for a card (remote desktops, old drivers) counts as none: HTML is faster.
export default function viewport({ setStateValue }) {
  const width = hardware() ? window.innerWidth : 0;
  if (window.liangshaiWidth === width) return;
  window.liangshaiWidth = width;
  setStateValue("width", width);
}

function hardware() {
  try {
    const gl = document.createElement("canvas").getContext("webgl2");
    if (!gl) return false;
    const named = gl.getExtension("WEBGL_debug_renderer_info");
    const renderer = named ? gl.getParameter(named.UNMASKED_RENDERER_WEBGL) : "";
    gl.getExtension("WEBGL_lose_context")?.loseContext();
    return !/swiftshader|llvmpipe|software|basic render/i.test(renderer);
  } catch {
    return false;
  }
}
