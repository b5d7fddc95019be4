// What is wrong with the scene that is shown, or whatever else `where` names: letters too small, cut, on top of each other, too faint, outside.
(limits) => {
  const wrong = [], scenes = [...document.querySelectorAll(limits.where)];
  const am = parseFloat(document.body.style.getPropertyValue("--am")), view = [innerWidth, innerHeight];

  const colour = (text) => {
    const found = text.match(/^rgba?\(([^)]+)\)/);
    const [r, g, b, a = 1] = found ? found[1].split(/[, /]+/).map(Number) : [0, 0, 0, 0];
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const SHAPES = ["rect", "path", "circle", "polygon"];

  // The colours below a point of a text: the topmost that covers it, seen through the faint ones above.
  function ground(element, x, y) {
    for (const below of document.elementsFromPoint(x, y)) {
      const style = getComputedStyle(below);
      const paint = SHAPES.includes(below.tagName) ? style.fill : below.ownerSVGElement ? "none" : style.backgroundColor;
      const found = colour(paint);
      if (found.a > 0.5 && Number(style.opacity) * (SHAPES.includes(below.tagName) ? Number(style.fillOpacity) : 1) > 0.5) return found;
    }
    return colour(getComputedStyle(document.body).backgroundColor);
  }

  const boxes = [];
  for (const scene of scenes) {
    const walker = document.createTreeWalker(scene, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode, words = node.textContent.trim(), element = node.parentElement;
      if (!words || element.closest("title, desc, [hidden]") || !element.getClientRects().length) continue;
      const style = getComputedStyle(element);
      if (style.visibility !== "visible") continue;
      const turned = element.ownerSVGElement && element.getScreenCTM();
      const size = parseFloat(style.fontSize) * (turned ? Math.hypot(turned.a, turned.b) : 1);
      const kind = element.closest(".state, .fresh-word, .verdict") ? "status" : element.closest(".number") ? "figure" : "text";
      const cap = (size * 0.698) / am, tell = (what) => wrong.push(`${what}: "${words}"`);
      if (cap < limits[kind] - 0.05) tell(`${kind} of ${cap.toFixed(1)}′`);
      if (words.includes("…")) tell("shortened");
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter((r) => r.width > 1);
      const frame = element.closest("[data-panel]:not(.count-frame)") || scene, outer = frame.getBoundingClientRect();
      for (const line of lines) {
        // Line boxes hold more than letters: capital height and a descender around the middle is what is inked.
        const middle = (line.top + line.bottom) / 2, ink = { l: line.left, r: line.right, t: middle - 0.36 * size, b: middle + 0.42 * size };
        if (ink.l < -1 || ink.t < -1 || ink.r > view[0] + 1 || ink.b > view[1] + 1) tell("off the screen");
        if (ink.l < outer.left - 1 || ink.t < outer.top - 1 || ink.r > outer.right + 1 || ink.b > outer.bottom + 1) tell("cut");
        const glass = element.closest(".many [data-screen]")?.getBoundingClientRect(), seam = limits.seam;
        if (glass && (ink.l < glass.left + seam || ink.r > glass.right - seam || ink.t < glass.top + seam || ink.b > glass.bottom - seam))
          tell("at the bezel");
        boxes.push({ ...ink, words, element });
        const x = (line.left + line.right) / 2, seen = ground(element, x, middle);
        const ratio = contrast(colour(turned !== null && element.ownerSVGElement ? style.fill : style.color), seen);
        if (ratio < limits.contrast - 0.05) tell(`contrast ${ratio.toFixed(1)}`);
      }
    }
    for (const e of scene.querySelectorAll("*")) {
      const hides = ["hidden", "clip"].includes(getComputedStyle(e).overflowX) && !e.ownerSVGElement && e.tagName !== "svg";
      if (hides && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1) wrong.push(`too wide: ${e.className} ${e.scrollWidth} > ${e.clientWidth}`);
      if (e.matches(".panel") && e.scrollHeight > e.clientHeight + 1)
        wrong.push(`too high: ${e.dataset.indicator} by ${e.scrollHeight - e.clientHeight}`);
    }
  }
  boxes.sort((one, other) => one.l - other.l);
  for (let i = 0; i < boxes.length; i++)
    for (let j = i + 1; j < boxes.length && boxes[j].l < boxes[i].r - 2; j++) {
      const [one, other] = [boxes[i], boxes[j]], over = Math.min(one.b, other.b) - Math.max(one.t, other.t);
      if (one.element !== other.element && over > 0.12 * am * 16) wrong.push(`overlap: "${one.words}" and "${other.words}"`);
    }
  return [...new Set(wrong)];
}
