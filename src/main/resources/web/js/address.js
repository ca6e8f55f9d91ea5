/** The page's address is its state: organisation, language, visitor mode, time zone. */

const params = new URLSearchParams(location.search);

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
  lang: languageOf(params.get('lang'), navigator.language),
  masked: params.get('mask') === '1',
  zone: zoneOf(params.get('zone')),
};

/** This page's address with some of its parameters changed; an empty value takes one away. */
export function linkTo(changes) {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') {
      next.delete(name);
    } else {
      next.set(name, value);
    }
  }
  return `?${next.toString().replaceAll('%2F', '/')}`;
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
