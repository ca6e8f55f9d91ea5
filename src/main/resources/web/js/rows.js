/** Lists whose rows are reused: only what differs is touched, and what is selected stays selected. */

/** Makes the parent hold one child for each item, new ones by make, each filled by fill(child, item). */
export function fillRows(parent, items, make, fill) {
  items.forEach((item, index) => fill(parent.children[index] ?? parent.appendChild(make()), item));
  while (parent.children.length > items.length) {
    parent.lastElementChild.remove();
  }
}
