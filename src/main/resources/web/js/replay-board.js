/** A board of orders that are at hand: what the server ranks of the present, for a moment of the past. */

/** Per kind of board the field of an order that it is about. */
const FIELDS = { items: 'item', groups: 'group', shares: 'share', channels: 'channel' };

/** What brought most first, as the rows of a board; orders without a price count and bring nothing. */
export function ranked(orders, kind) {
  const field = FIELDS[kind];
  const rows = new Map();
  for (const order of orders) {
    const key = order[field] ?? null;
    const row = rows.get(key) ?? { [field]: key, name: field === 'group' ? order.name : null, ordersPaid: 0, gmvPaid: 0 };
    row.ordersPaid += 1;
    row.gmvPaid += order.amount ?? 0;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => b.gmvPaid - a.gmvPaid || b.ordersPaid - a.ordersPaid);
}
