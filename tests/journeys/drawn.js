// Where everything stands that is drawn in the panels that are seen, and which letters it has; without what time alone
// changes: ages, the footers that hold them, and rows that make room for one.
(scope) => {
  const ages = "title, desc, .foot, .foot *, li:has([data-age-from]), li:has([data-age-from]) *, [data-age-from]";
  const range = document.createRange();
  // Of letters their own box: that of the element around them may be taller, and nothing has moved.
  const box = (e, words) => {
    if (words) range.selectNodeContents(e);
    return (words ? range : e).getBoundingClientRect();
  };
  const rounded = (length) => Math.round(2 * length) / 2;
  return [...document.querySelectorAll(`${scope} *`)].filter((e) => !e.matches(ages)).map((e) => {
    const words = e.childElementCount ? "" : e.textContent.trim(), { left, top, width, height } = box(e, words);
    return [`${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`, words, ...[left, top, width, height].map(rounded)].join(" ");
  });
}
