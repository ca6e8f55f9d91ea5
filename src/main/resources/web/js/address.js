/** The page's address is its state: what it shows, language, visitor mode, time zone. */

const params = new URLSearchParams(location.search);
/** What stays the same from one page to another. */
const SHARED = ['org', 'lang', 'mask', 'zone'];

function languageOf(param, preferred) {
  const wanted = param ?? preferred ?? 'en';
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function zoneOf(param) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: param ?? 'Asia/Shanghai' }).resolvedOptions().timeZone;
  } catch {
    return 'Asia/Shanghai';
  }
}

export const address = {
  org: (params.get('org') ?? '').replace(/^\/+|\/+$/g, ''),
  group: params.get('group') ?? '',
  campaign: params.get('campaign') ?? '',
  by: params.get('by') ?? '',
  board: params.get('board') ?? '',
  /** What the table of groups is sorted by, as the query takes it: `-gmvPaid` for the most money first. */
  sort: params.get('sort') ?? '',
  speed: params.get('speed') ?? '',
  /** A moment, epoch millis; null where none is told. */
  at: /^\d{1,15}$/.test(params.get('at') ?? '') ? Number(params.get('at')) : null,
  lang: languageOf(params.get('lang'), navigator.language),
  masked: params.get('mask') === '1',
  zone: zoneOf(params.get('zone')),
};

/** This page's address with some of its parameters changed; an empty value takes one away. */
export function linkTo(changes) {
  return withChanges('', new URLSearchParams(location.search), changes);
}

/** The address of another page, in the same language, mode and organisation unless changed. */
export function pageLink(page, changes = {}) {
  return withChanges(page, new URLSearchParams([...params].filter(([name]) => SHARED.includes(name))), changes);
}

function withChanges(page, next, changes) {
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') {
      next.delete(name);
    } else {
      next.set(name, value);
    }
  }
  const query = next.toString().replaceAll('%2F', '/');
  return query === '' && page !== '' ? page : `${page}?${query}`;
}

/** The address of something on the same server, wherever this page is mounted. */
export function serverUrl(path) {
  return new URL(path, document.baseURI);
}

/** The address of the live feed. */
export function feedUrl() {
  const url = serverUrl('feed');
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
