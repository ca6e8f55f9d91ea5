/** Numbers, money and times as people read them, in the page's language. */

import { address } from './address.js';
import { say } from './words.js';

const LOCALE = address.lang === 'zh' ? 'zh-CN' : 'en-GB';
const ABSENT = '–';
const HIDDEN = '***';

const decimals = (digits) =>
  new Intl.NumberFormat(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits });
const clockTime = new Intl.DateTimeFormat(LOCALE, { timeZone: address.zone, timeStyle: 'medium', hourCycle: 'h23' });
const minuteTime = new Intl.DateTimeFormat(LOCALE, { timeZone: address.zone, timeStyle: 'short', hourCycle: 'h23' });
const calendarDay = new Intl.DateTimeFormat(LOCALE, {
  timeZone: address.zone,
  month: 'short',
  day: 'numeric',
  weekday: 'short',
});
const weekParts = new Intl.DateTimeFormat('en', {
  timeZone: address.zone,
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
});
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const weekdayName = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', weekday: 'short' });
const zoneName = new Intl.DateTimeFormat('en', { timeZone: address.zone, timeZoneName: 'shortOffset' });
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const twoDecimals = decimals(2);
const oneDecimal = decimals(1);
const fourDigits = new Intl.NumberFormat(LOCALE, { minimumSignificantDigits: 4, maximumSignificantDigits: 4 });
const percentage = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

const wholePercentage = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

/** 12,345 */
export function count(value) {
  return isNumber(value) ? whole.format(value) : ABSENT;
}

/** 12.3 */
export function decimal(value) {
  return isNumber(value) ? oneDecimal.format(value) : ABSENT;
}

/** 12.3% from 0.123; a ratio without denominator has no value. */
export function percent(value) {
  return isNumber(value) ? percentage.format(value) : ABSENT;
}

/** 12% from 0.123. */
export function wholePercent(value) {
  return isNumber(value) ? wholePercentage.format(value) : ABSENT;
}

/** Money from minor units, short enough for a wall: ¥1,234.50, then ¥1.2万 or ¥12,345. */
export function money(minor) {
  return shown(minor, (yuan) => shortMoney(yuan, oneDecimal, 1_000_000));
}

/** Money of which the fen do not matter: ¥12.50, ¥1,235, then as above. */
export function roundMoney(minor) {
  return Math.abs(minor) < 10_000 || Math.abs(minor) >= 1_000_000 ? money(minor) : shown(minor, (yuan) => whole.format(yuan));
}

/** The same with as many digits as it takes to see them move. */
export function longMoney(minor) {
  return shown(minor, (yuan) => shortMoney(yuan, twoDecimals, 100_000_000));
}

/** Money to the last fen. */
export function exactMoney(minor) {
  return shown(minor, (yuan) => twoDecimals.format(yuan));
}

function shown(minor, format) {
  if (!isNumber(minor)) {
    return ABSENT;
  }
  if (address.masked) {
    return HIDDEN;
  }
  const sign = minor < 0 ? '−' : '';
  return `${sign}¥${format(Math.abs(minor) / 100)}`;
}

function shortMoney(yuan, tenThousands, wholeBelow) {
  if (yuan < 10_000) {
    return twoDecimals.format(yuan);
  }
  if (address.lang === 'zh') {
    return yuan < 100_000_000
      ? `${tenThousands.format(yuan / 10_000)}万`
      : `${twoDecimals.format(yuan / 100_000_000)}亿`;
  }
  return yuan < wholeBelow ? whole.format(yuan) : `${fourDigits.format(yuan / 1_000_000)}M`;
}

/** A name that outsiders may not see in visitor mode. */
export function name(value) {
  return address.masked ? HIDDEN : value;
}

/** 20:14:07 */
export function time(millis) {
  return isNumber(millis) ? clockTime.format(millis) : ABSENT;
}

/** 20:14 */
export function minute(millis) {
  return minuteTime.format(millis);
}

/** Sat 14 Nov */
export function day(millis) {
  return calendarDay.format(millis);
}

/** The place of a moment in the week, Monday first: {day: 0 to 6, hour: 0 to 23}, in the page's zone. */
export function hourOfWeek(millis) {
  const parts = Object.fromEntries(weekParts.formatToParts(millis).map(({ type, value }) => [type, value]));
  return { day: WEEKDAYS.indexOf(parts.weekday), hour: Number(parts.hour) };
}

/** Mon; 0 is Monday. */
export function weekday(day) {
  return weekdayName.format(Date.UTC(2024, 0, 1 + day));
}

/** Sat 14 Nov 20:14 */
export function dayTime(millis) {
  return `${day(millis)} ${minute(millis)}`;
}

/** Sat 14 Nov 20:14 – 22:14; the day of the end only where it is another one. */
export function span(from, to) {
  return say('spanOf', dayTime(from), day(from) === day(to) ? minute(to) : dayTime(to));
}

/** GMT+8 */
export function zone(millis) {
  return zoneName.formatToParts(millis).find((part) => part.type === 'timeZoneName').value;
}

/** 0.4 s, 12 s, 3 min, 2 h */
export function duration(seconds) {
  if (!isNumber(seconds)) {
    return ABSENT;
  }
  if (seconds < 10) {
    return `${oneDecimal.format(Math.max(0, seconds))} s`;
  }
  if (seconds < 120) {
    return `${whole.format(seconds)} s`;
  }
  return seconds < 7200 ? `${whole.format(seconds / 60)} min` : `${whole.format(seconds / 3600)} h`;
}
