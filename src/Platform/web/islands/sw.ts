// Keeps the pages that modules name for the hours without network, and what they need to be drawn. It holds no other page and no answer
// of the server, and forgets them when their hours are over, when someone signs out, and when the server asks to sign in.
export {};

declare const self: ServiceWorkerGlobalScope;

const assetCache = 'legwork-assets';
const pageCache = 'legwork-pages';
const awayCache = 'legwork-away';
const awayAt = '/offline';
const hoursMax = 20;
const patienceMs = 4000;

/** Each module's Web/kept.ts names its own. */
const kept = Object.values(import.meta.glob<string[]>('../../../Modules/*/Web/kept.ts', { eager: true, import: 'pages' })).flat();

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('message', (event) => {
  const message = event.data as { assets?: string[]; page?: string; language?: string } | null;
  if (message?.assets) event.waitUntil(keep(message.assets, message.page).then(() => keepAway(message.language ?? '')));
});

/** What an earlier worker kept under another name would never be forgotten. */
const takeOver = async (): Promise<void> => {
  for (const name of await caches.keys()) if (![assetCache, pageCache, awayCache].includes(name)) await caches.delete(name);
  await self.clients.claim();
};

const keep = async (assets: string[], page?: string): Promise<void> => {
  const cache = await caches.open(assetCache);
  for (const old of await cache.keys()) if (!assets.includes(new URL(old.url).pathname)) await cache.delete(old);
  await Promise.all(assets.map(async (asset) => {
    if (!(await cache.match(asset))) await cache.add(asset);
  }));
  if (page && kept.includes(page)) await keepPage(page, await fetch(page, { headers: { Accept: 'text/html' } }));
};

/** Puts a good answer away with its hour; an answer that is a sign-in page means that the page is no longer this person's. */
const keepPage = async (page: string, answer: Response): Promise<void> => {
  if (answer.redirected || answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
    await caches.delete(pageCache);
    return;
  }
  if (!answer.ok) return;
  const headers = new Headers(answer.headers);
  headers.set('X-Kept-At', String(Date.now()));
  const copy = new Response(await answer.clone().blob(), { status: 200, headers });
  await (await caches.open(pageCache)).put(page, copy);
};

const keptPage = async (page: string): Promise<Response | undefined> => {
  const found = await (await caches.open(pageCache)).match(page);
  if (!found) return undefined;
  if (Date.now() - Number(found.headers.get('X-Kept-At')) < hoursMax * 3_600_000) return found;
  await caches.delete(pageCache);
  return undefined;
};

const open = async (page: string, request: Request): Promise<Response> => {
  const fromNetwork = fetch(request);
  // A network that takes seconds to say nothing is no network at a door.
  const late = new Promise<'late'>((done) => setTimeout(() => done('late'), patienceMs));
  try {
    const first = await Promise.race([fromNetwork, late]);
    if (first === 'late') {
      const found = await keptPage(page);
      if (found) {
        fromNetwork.then((answer) => keepPage(page, answer), () => undefined);
        return found;
      }
    }
    const answer = await fromNetwork;
    await keepPage(page, answer);
    return answer;
  } catch {
    return (await keptPage(page)) ?? (await awayPage());
  }
};

const asset = async (request: Request): Promise<Response> => (await caches.match(request, { cacheName: assetCache })) ?? fetch(request);

/** What stands in the place of a page that the network does not bring. It is nobody's: asked for without saying who asks, in their language. */
const keepAway = async (language: string): Promise<void> => {
  const answer = await fetch(awayAt, { credentials: 'omit', headers: { Accept: 'text/html', 'Accept-Language': language } });
  if (answer.ok && !answer.redirected) await (await caches.open(awayCache)).put(awayAt, answer);
};

/** Before the page itself could be kept: the browser's own would say nothing of this server. */
const bare = `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>数跑 Legwork</title>
<h1>没有网络 · <span lang="bo">དྲ་རྒྱ་མི་འདུག</span> · <span lang="en">There is no network</span></h1><p><a href="">↻</a></p></html>`;

const awayPage = async (): Promise<Response> => {
  // What is over is forgotten first, so that the page does not lead to it.
  await Promise.all(kept.map(keptPage));
  const found = await (await caches.open(awayCache)).match(awayAt);
  const headers = found?.headers ?? { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
  return new Response(found ? found.body : bare, { status: 503, headers });
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && url.pathname === '/sign-out') event.waitUntil(caches.delete(pageCache));
  if (request.method !== 'GET') return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (kept.includes(url.pathname) && request.mode === 'navigate') event.respondWith(open(url.pathname, request));
  else if (request.mode === 'navigate') event.respondWith(fetch(request).catch(awayPage));
});
