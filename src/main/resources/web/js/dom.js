/** Elements made of text, never of markup: everything shown may be hostile. */

/** A new element; null children are left out, strings become text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Changes an element's text only when it differs, so that nothing is laid out or read aloud for no reason. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** A name from outside on one line of a canvas: no control or direction characters, cut at a length. */
export function plainLabel(text, longest) {
  const letters = Array.from(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ''));
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : letters.join('');
}
