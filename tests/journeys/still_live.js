// What in the panels that are seen still reads as of now though no server answers: letters in the colour of ink, and
// anything in a colour that is not a grey. SIMULASI is as true as before.
({ scope, grey }) => {
  const parts = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const isSeen = (text) => text !== "none" && parts(text).length >= 3 && (parts(text)[3] ?? 1) > 0;
  const isColoured = (text) => isSeen(text) && Math.max(...parts(text).slice(0, 3)) - Math.min(...parts(text).slice(0, 3)) > grey;
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "var(--ink)";
  const ink = getComputedStyle(probe).color;
  probe.remove();

  const wrong = [];
  for (const panel of document.querySelectorAll(scope)) {
    const name = panel.closest("[data-panel]")?.dataset.panel || panel.className;
    if (isColoured(getComputedStyle(panel, "::before").backgroundColor)) wrong.push(`${name}: a coloured edge`);
    for (const e of panel.querySelectorAll("*")) {
      if (e.closest(".simulated, title, desc") || !e.checkVisibility({ visibilityProperty: true })) continue;
      const style = getComputedStyle(e), isDrawing = Boolean(e.ownerSVGElement);
      const paints = isDrawing ? [style.fill, style.stroke] : [style.color, style.backgroundColor];
      const words = [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()) ? e.textContent.trim() : "";
      if (words && (isDrawing ? style.fill : style.color) === ink) wrong.push(`${name}: "${words}" keeps its ink`);
      for (const paint of paints) if (isColoured(paint)) wrong.push(`${name}: ${e.tagName.toLowerCase()} in ${paint}`);
    }
  }
  return [...new Set(wrong)];
}
