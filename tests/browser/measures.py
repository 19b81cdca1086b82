"""Scripts that measure a page as it is shown."""

CONTRASTS = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a > 0.5) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.checkVisibility()) continue;
    if (node.closest("svg, option, datalist, .unseen")) continue;
    const pair = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${node.outerHTML.slice(0, 120)}`);
  }
  return low;
}"""
"""Texts whose contrast with what is behind them is below 4.5."""

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((node) => node.getBoundingClientRect().right > width + 1)
    .filter((node) => !node.closest(".scroll, pre"))
    .map((node) => node.outerHTML.slice(0, 100));
}"""
"""What stands out of the window where the page scrolls sideways."""

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((node) => node.checkVisibility()).map((node) => Number(node.tagName[1]))"""
"""Levels of the headings, in order."""

NAMELESS = """() => [...document.querySelectorAll("a, button, summary, input, select, [role=img]")]
  .filter((node) => node.checkVisibility() && !(node.getAttribute("aria-label")
    || node.innerText && node.innerText.trim()
    || node.labels && [...node.labels].some((label) => label.textContent.trim())))
  .map((node) => node.outerHTML.slice(0, 120))"""
"""Controls that a reader of the screen could not name."""

SMALL = """() => [...document.querySelectorAll("button, input, select, nav a")]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 16)
  .map((node) => node.outerHTML.slice(0, 120))"""
"""Controls too low to be met."""
