/** JSON Merge Patch (RFC 7396), leaving its inputs as they are. */

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The target with the patch applied; null in the patch takes a key away. */
export function mergePatch(target, patch) {
  if (!isObject(patch)) {
    return patch;
  }
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      merged.delete(key);
    } else {
      merged.set(key, mergePatch(merged.get(key), value));
    }
  }
  return Object.fromEntries(merged);
}
