// Keeps one page, the worker's day, and what it needs to be drawn, for the hours without network. It holds no other page and no
// answer of the server, and forgets the day when its hours are over, when someone signs out, and when the server asks to sign in.
export {};

declare const self: ServiceWorkerGlobalScope;

const assetCache = 'legwork-assets';
const dayCache = 'legwork-day';
const dayPage = '/day';
const hoursMax = 20;
const patienceMs = 4000;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const message = event.data as { assets?: string[]; page?: boolean } | null;
  if (message?.assets) event.waitUntil(keep(message.assets, message.page === true));
});

const keep = async (assets: string[], page: boolean): Promise<void> => {
  const cache = await caches.open(assetCache);
  for (const old of await cache.keys()) if (!assets.includes(new URL(old.url).pathname)) await cache.delete(old);
  await Promise.all(assets.map(async (asset) => {
    if (!(await cache.match(asset))) await cache.add(asset);
  }));
  if (page) await keepDay(await fetch(dayPage, { headers: { Accept: 'text/html' } }));
};

/** Puts a good answer away with its hour; an answer that is a sign-in page means that the day is no longer this person's. */
const keepDay = async (answer: Response): Promise<void> => {
  if (answer.redirected || answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
    await caches.delete(dayCache);
    return;
  }
  if (!answer.ok) return;
  const headers = new Headers(answer.headers);
  headers.set('X-Kept-At', String(Date.now()));
  const copy = new Response(await answer.clone().blob(), { status: 200, headers });
  await (await caches.open(dayCache)).put(dayPage, copy);
};

const keptDay = async (): Promise<Response | undefined> => {
  const kept = await (await caches.open(dayCache)).match(dayPage);
  if (!kept) return undefined;
  if (Date.now() - Number(kept.headers.get('X-Kept-At')) < hoursMax * 3_600_000) return kept;
  await caches.delete(dayCache);
  return undefined;
};

const day = async (request: Request): Promise<Response> => {
  const fromNetwork = fetch(request);
  // A network that takes seconds to say nothing is no network at a door.
  const late = new Promise<'late'>((done) => setTimeout(() => done('late'), patienceMs));
  try {
    const first = await Promise.race([fromNetwork, late]);
    if (first === 'late') {
      const kept = await keptDay();
      if (kept) {
        fromNetwork.then(keepDay, () => undefined);
        return kept;
      }
    }
    const answer = await fromNetwork;
    await keepDay(answer);
    return answer;
  } catch {
    return (await keptDay()) ?? Response.error();
  }
};

const asset = async (request: Request): Promise<Response> => (await caches.match(request, { cacheName: assetCache })) ?? fetch(request);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && url.pathname === '/sign-out') event.waitUntil(caches.delete(dayCache));
  if (request.method !== 'GET') return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (url.pathname === dayPage && request.mode === 'navigate') event.respondWith(day(request));
});
