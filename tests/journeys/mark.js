// Where a mark stands and on which ground, and why it would not be seen there: absent, outside, faint, covered.
(selector) => {
  const mark = [...document.querySelectorAll(selector)].find((e) => e.checkVisibility({ visibilityProperty: true }));
  if (!mark) return { box: null, wrong: [`no ${selector} is shown`] };
  const { left, top, right, bottom, width, height } = mark.getBoundingClientRect(), wrong = [];
  if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) wrong.push("outside the screen");

  let opacity = 1, ground = null;
  for (let e = mark; e; e = e.parentElement) {
    const style = getComputedStyle(e), [r, g, b, a = 1] = style.backgroundColor.match(/[\d.]+/g).map(Number);
    opacity *= Number(style.opacity);
    if (!ground && a === 1) ground = [r, g, b];
  }
  if (opacity < 1) wrong.push(`an opacity of ${opacity}`);

  for (let x = 0.5; x < 20; x++)
    for (let y = 0.5; y < 4; y++) {
      const seen = document.elementFromPoint(left + (width * x) / 20, top + (height * y) / 4);
      if (!mark.contains(seen)) wrong.push(`covered by ${seen ? seen.className || seen.tagName : "nothing"}`);
    }
  const am = parseFloat(document.body.style.getPropertyValue("--am"));
  const box = [Math.max(0, Math.ceil(left)), Math.max(0, Math.ceil(top)), Math.floor(right), Math.floor(bottom)];
  return { box, ground, am, wrong: [...new Set(wrong)] };
}
