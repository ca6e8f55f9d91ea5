/** Groups by the organisation in which they stand, as deep as an overview stays one. */

const MOST_SECTIONS = 40;

const placeIn = (group, org) =>
  group.orgs.find((each) => org === '' || each === org || each.startsWith(`${org}/`)) ?? '';

const cut = (path, depth) => path.split('/').slice(0, depth).join('/');

/** Sections in the order of their paths; a group that stands in several places is shown in the first. */
export function sectionsOf(groups, org) {
  const places = groups.map((group) => placeIn(group, org));
  const shallow = org === '' ? 1 : org.split('/').length + 1;
  const deepest = places.reduce((most, place) => Math.max(most, place.split('/').length), shallow);
  let depth = deepest;
  while (depth > shallow && new Set(places.map((place) => cut(place, depth))).size > MOST_SECTIONS) {
    depth -= 1;
  }
  const sections = new Map();
  groups.forEach((group, index) => {
    const path = cut(places[index], depth);
    if (!sections.has(path)) {
      sections.set(path, []);
    }
    sections.get(path).push(group);
  });
  return [...sections].sort(([a], [b]) => a.localeCompare(b)).map(([path, members]) => ({ path, groups: members }));
}
