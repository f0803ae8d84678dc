// Sends what waits, oldest first, a few at a time. Every answer carries the key drawn when it was given, so sending twice is harmless.
import { all, keep } from './kept';
import type { DayResult, Kept } from './types';

export type Sent = 'done' | 'no_network' | 'sign_in';

/** Whose hands gave an answer, in whatever name. */
export const handsOf = (worker: string): string => worker.split('/')[0] ?? '';

const itemsMax = 10;
const bytesMax = 3_000_000;

/** The token of the page; a page kept since the morning may carry one that is no longer good, so it can be fetched anew. */
const token = (page: Document): string => page.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';

const freshToken = async (): Promise<string | undefined> => {
  const answer = await fetch('/stand-ins', { headers: { Accept: 'text/html' }, cache: 'no-store' });
  if (answer.redirected || !answer.ok) return undefined;
  return token(new DOMParser().parseFromString(await answer.text(), 'text/html'));
};

const post = (address: string, batch: Kept[], csrf: string): Promise<Response> =>
  fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-TOKEN': csrf },
    body: JSON.stringify({ items: batch.map((answer) => answer.item) }),
  });

const batchOf = (waiting: Kept[]): Kept[] => {
  const batch: Kept[] = [];
  let bytes = 0;
  for (const answer of waiting) {
    bytes += JSON.stringify(answer.item).length;
    if (batch.length > 0 && (batch.length === itemsMax || bytes > bytesMax)) break;
    batch.push(answer);
  }
  return batch;
};

const settle = async (batch: Kept[], results: DayResult[]): Promise<number> => {
  let settled = 0;
  for (const answer of batch) {
    const result = results.find((r) => r.key === answer.key);
    if (!result) continue;
    answer.state = result.status === 'already' ? 'taken' : result.status;
    answer.message = result.message ?? '';
    // A picture that has arrived has no business on the phone any longer.
    if (answer.state === 'taken') answer.item = { ...answer.item, evidence: [], details: null, note: null };
    await keep(answer);
    settled++;
  }
  return settled;
};

const sendAll = async (address: string, worker: string): Promise<Sent> => {
  let csrf = token(document);
  let renewed = false;
  for (;;) {
    const waiting = (await all())
      .filter((answer) => handsOf(answer.worker) === handsOf(worker) && answer.state === 'queued')
      .sort((a, b) => a.item.at.localeCompare(b.item.at));
    if (waiting.length === 0) return 'done';
    const batch = batchOf(waiting);
    let response: Response;
    try {
      response = await post(address, batch, csrf);
      if (response.status === 400 && !renewed) {
        renewed = true;
        const fresh = await freshToken();
        if (fresh === undefined) return 'sign_in';
        csrf = fresh;
        continue;
      }
    } catch {
      return 'no_network';
    }
    if (response.status === 401 || response.status === 403 || response.type === 'opaqueredirect') return 'sign_in';
    if (!response.ok) return 'no_network';
    const answer = (await response.json()) as { results: DayResult[] };
    // A server that names none of them would be asked for ever.
    if ((await settle(batch, answer.results)) === 0) return 'no_network';
  }
};

/** Nothing is sent meanwhile, in no tab. */
export const alone = <T>(act: () => Promise<T>): Promise<T> =>
  navigator.locks ? (navigator.locks.request('legwork-day-send', act) as Promise<T>) : act();

export const send = (address: string, worker: string): Promise<Sent> => alone(() => sendAll(address, worker));
