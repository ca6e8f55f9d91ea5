/** Every group below an organisation, however many, page by page. */

import { query } from './poll.js';

const PAGE = '1000';

/** The groups with these fields, and the moment of the first page: none of them is older. */
export async function allGroups(org, fields) {
  const groups = [];
  let asOf = null;
  let cursor = null;
  do {
    const params = { org, fields: fields.join(','), sort: 'group', limit: PAGE };
    const page = await query('api/v1/groups', cursor === null ? params : { ...params, cursor });
    groups.push(...page.items);
    asOf ??= page.asOf;
    cursor = page.cursor;
  } while (cursor !== null);
  return { groups, asOf };
}
